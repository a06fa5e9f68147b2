//! Who may ask for what.

use async_graphql::{Context, Result};

use super::{Caller, code::Code, error::error};
use crate::domain::viewer::{Role, Staff, Viewer};

/// The signed-in caller.
pub fn signed_in(viewer: &Viewer) -> Result<&Staff> {
    match viewer {
        Viewer::Staff(staff) => Ok(staff),
        Viewer::Public => Err(error(
            Code::Unauthenticated,
            "This needs somebody signed in, or an API token: send it as `Authorization: Bearer …`.",
        )),
    }
}

/// The signed-in caller of what only staff may ask.
pub fn staff<'a>(context: &'a Context<'_>) -> Result<&'a Staff> {
    signed_in(&context.data::<Caller>()?.viewer)
}

/// The signed-in caller of what only an ADMIN may ask.
pub fn admin<'a>(context: &'a Context<'_>) -> Result<&'a Staff> {
    let staff = staff(context)?;
    if staff.role < Role::Admin {
        return Err(error(Code::Forbidden, "Only an ADMIN may ask for this."));
    }
    Ok(staff)
}
