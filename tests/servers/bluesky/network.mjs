// A whole Bluesky network on loopback, driven by one JSON command a line on stdin.
// Prints one JSON line once it answers, then one a command; ends when stdin closes.
// Arguments: the folder where @atproto/dev-env is installed. Environment: DB_POSTGRES_URL, REDIS_HOST, TMPDIR.
import dns from 'node:dns'
import net from 'node:net'
import path from 'node:path'
import readline from 'node:readline'
import { pathToFileURL } from 'node:url'

const installed = process.argv[2]
const say = (answer) => process.stdout.write(JSON.stringify(answer) + '\n')
console.log = console.info = console.debug = console.error

// The parts listen on every interface unless told otherwise: keep them on loopback.
dns.setDefaultResultOrder('ipv4first')
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (...words) {
  if (typeof words[0] === 'number' && typeof words[1] !== 'string') words.splice(1, 0, '127.0.0.1')
  return listen.apply(this, words)
}

// A connection cut between two of the parts is theirs to mend: it is noted, and no reason to end the network.
process.on('unhandledRejection', (reason) => console.error('left behind:', reason))
process.on('uncaughtException', (error) => console.error('left behind:', error))

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = net.createServer().on('error', reject)
    probe.listen(0, () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })

const { TestNetwork } = await import(
  pathToFileURL(path.join(installed, 'node_modules/@atproto/dev-env/dist/index.js')).href
)
const appviewPort = await freePort()
const network = await TestNetwork.create({
  dbPostgresSchema: 'bluesky',
  plc: {},
  pds: { hostname: 'localhost' },
  bsky: { port: appviewPort, publicUrl: `http://localhost:${appviewPort}` },
})
const view = network.bsky

const PATIENCE = 60_000
// The moderation service keeps its own pace: nothing here waits for it.
const settle = async () => {
  await network.pds.processAll()
  await view.bsyncSub.processAll(await network.bsync.getStreamHeads(), PATIENCE)
  await network.processFullSubscription(PATIENCE)
}

const commands = {
  // Everything written so far is indexed, counted and notified when this answers.
  process: async () => {
    await settle()
    return {}
  },
  // The application view stops reading the server's stream: posts are written but appear nowhere.
  hold: async () => {
    await view.sub.stop()
    return {}
  },
  // It reads the stream again from its beginning, as after an outage.
  release: async () => {
    await view.sub.start()
    await settle()
    return {}
  },
  // The notifications about one record are lost, while its thread still shows it.
  lose_notifications: async ({ uri }) => {
    const done = await view.db.db.deleteFrom('notification').where('recordUri', '=', uri).executeTakeFirst()
    return { lost: Number(done.numDeletedRows) }
  },
}

say({ pds: network.pds.url, appview: view.url, plc: network.plc.url, appview_did: view.serverDid })

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { do: name, ...words } = JSON.parse(line)
  if (name === 'stop') break
  try {
    say({ ok: await commands[name](words) })
  } catch (error) {
    say({ error: String(error?.stack ?? error) })
  }
}

const patience = setTimeout(() => process.exit(0), 10_000)
await network.close().catch((error) => console.error('closing:', error))
clearTimeout(patience)
process.exit(0)
