from django.apps import AppConfig

N_ = str


class Conversations(AppConfig):
    name = "pupitre.conversations"
    label = "conversations"

    def ready(self) -> None:
        from pupitre.conversations.actions.forget import forget, tell
        from pupitre.conversations.queries import count_waiting
        from pupitre.relations.traces import Trace, enter_trace
        from pupitre.shell.rail import Entry, enter

        enter(
            Entry(
                20, "conversations", N_("Conversations"), "chats-circle", "conversations:inbox",
                count=lambda member: count_waiting(member.organisation), phone=True,
            )
        )  # fmt: skip
        enter_trace(Trace("conversations", N_("Conversations"), tell, forget))
