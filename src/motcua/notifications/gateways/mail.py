"""Mail through the server of the settings."""

from dataclasses import dataclass
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMessage
from django.utils.translation import gettext

from motcua.notifications.gateways.port import NotSent, Outgoing
from motcua.notifications.states import BAD_ADDRESS, BUSY, REFUSED, TIMEOUT, UNREACHED


@dataclass(frozen=True)
class MailGateway:
    """Mail from ``sender``; the settings bound how long the server may take."""

    sender: str

    def send(self, message: Outgoing) -> str:
        """Hand ``message`` to the mail server; a letter has no number of its own there.

        Raises:
            NotSent: the server was not reached, or refused.
        """
        body = f"{message.text}\n\n{message.link}\n" if message.link else f"{message.text}\n"
        subject = gettext("Thông báo: %(subject)s") % {"subject": message.subject}
        letter = EmailMessage(subject, body, self.sender, [message.address], headers={"X-Motcua-Key": message.key})
        try:
            letter.send()
        except SMTPRecipientsRefused as error:
            raise NotSent(BAD_ADDRESS, is_final=True) from error
        except SMTPResponseException as error:
            raise NotSent(REFUSED if error.smtp_code >= 500 else BUSY, is_final=error.smtp_code >= 500) from error
        except TimeoutError as error:
            raise NotSent(TIMEOUT) from error
        except (SMTPException, OSError) as error:
            raise NotSent(UNREACHED) from error
        return ""
