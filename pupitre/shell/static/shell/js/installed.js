// Lets a browser install Pupitre and show a page of ours when the network is away; no page of an organisation is kept.
(function () {
  "use strict";
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register("/worker.js").catch(() => { /* Refused or private: every page works without it. */ });
})();
