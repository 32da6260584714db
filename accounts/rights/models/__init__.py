"""The models of rights requests, by one name for everybody."""

from accounts.rights.models.decisions import Decision, Ground, Health, RecipientTask, WithheldItem
from accounts.rights.models.files import File, FileKind
from accounts.rights.models.holidays import ExtraHoliday, HolidaysCounted
from accounts.rights.models.mails import DueMail, MailKind
from accounts.rights.models.messages import Message
from accounts.rights.models.numbers import PublicNumbers
from accounts.rights.models.pauses import Pause
from accounts.rights.models.receipts import ErasureReceipt
from accounts.rights.models.regulators import RegulatorEntry, RegulatorSetting
from accounts.rights.models.requests import (
    ENDED,
    OPEN,
    PAUSED,
    WORKING,
    Channel,
    Kind,
    Outcome,
    RightsRequest,
    State,
)
from accounts.rights.models.stories import Side, Story, What

__all__ = [
    "ENDED",
    "OPEN",
    "PAUSED",
    "WORKING",
    "Channel",
    "Decision",
    "DueMail",
    "ErasureReceipt",
    "ExtraHoliday",
    "File",
    "FileKind",
    "Ground",
    "Health",
    "HolidaysCounted",
    "Kind",
    "MailKind",
    "Message",
    "Outcome",
    "Pause",
    "PublicNumbers",
    "RecipientTask",
    "RegulatorEntry",
    "RegulatorSetting",
    "RightsRequest",
    "Side",
    "State",
    "Story",
    "What",
    "WithheldItem",
]
