//! What staff do, as the history names it.

use async_graphql::resolver_utils::EnumType;

/// An act of staff, of a token, or of the tracker itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum)]
#[graphql(name = "Act")]
pub enum Act {
    /// Recorded a development.
    Record,
    /// Saved a new revision of a working copy.
    Save,
    /// Handed a working copy to an editor for a decision.
    Submit,
    /// Returned a working copy to its author, with a reason.
    Return,
    /// Published a working copy; the tracker itself does it when an embargo ends.
    Publish,
    /// Set the moment at which a working copy goes before readers.
    Schedule,
    /// Took that moment back.
    Unschedule,
    /// Corrected what is published.
    Correct,
    /// Retracted what is published.
    Retract,
    /// Gave a working copy up.
    Discard,
    /// Said something to colleagues about a development.
    Comment,
    /// Stored a source.
    AddSource,
    /// Changed what is said of a source.
    ReviseSource,
    /// Loaded countries from a file.
    Import,
    /// Made an API token.
    CreateToken,
    /// Ended an API token.
    RevokeToken,
    /// Invited a person.
    Invite,
    /// Made a link by which a person sets a new password.
    MakeLink,
    /// Gave a person another role.
    SetRole,
    /// Ended a person's access.
    Deactivate,
    /// Gave a person access again.
    Reactivate,
    /// Signed in.
    SignIn,
    /// Signed out, in one browser or in all; or signed another person out.
    SignOut,
    /// Set a new password.
    SetPassword,
    /// Added a webhook.
    AddWebhook,
    /// Changed a webhook, or put it to use again.
    ReviseWebhook,
    /// Removed a webhook; its log stays.
    RemoveWebhook,
    /// Gave a webhook a new secret.
    RotateWebhookSecret,
    /// Sent a webhook a test.
    PingWebhook,
    /// Had something delivered to a webhook anew.
    Redeliver,
    /// Took a webhook out of use; the tracker itself does it when nothing can be delivered.
    DisableWebhook,
    /// Signed in by single sign-on.
    SingleSignOn,
    /// Got an account with the first sign-in by single sign-on.
    Join,
    /// Signed in by single sign-on for the first time, to the account that there was with the same e-mail address.
    LinkIdentity,
    /// Took the way to sign in by single sign-on from an account.
    UnlinkIdentity,
    /// Left the last admin their role, although what the provider says of them gives another.
    KeepRole,
    /// Did something that only a newer version of the tracker has a name for.
    Other,
}

impl Act {
    /// The act of a name. Servers of two versions may write one history.
    pub fn named(name: &str) -> Self {
        Self::items().iter().find(|item| item.name == name).map_or(Self::Other, |item| item.value)
    }
}
