//! `pindesk user`: accounts of the staff, made at the machine itself. Whoever can run it can read the keys anyway.

use crate::UserCommand;
use crate::config::Config;
use crate::wire_up::{self, StartError};
use services::desk::access;
use services::{Actor, ServiceError};
use std::io::Write as _;

/// Makes an account or a link, and prints the link once.
pub async fn run(config: &Config, command: &UserCommand) -> Result<(), StartError> {
    let running = wire_up::start(config, wire_up::Starts::Command).await?;
    let system = Actor::System { worker: "console".to_owned() };
    let made = match command {
        UserCommand::Add { login, name, roles } => {
            access::first_account(&running.services, &system, (login, name), roles).await
        }
        UserCommand::Link { login } => access::renew_link(&running.services, &system, login).await,
    };
    let public_url = config.site.public_url.clone();
    if let Some(sandbox) = running.sandbox {
        sandbox.stop().await;
    }
    running.services.db.close().await;
    let token = made.map_err(|error| StartError::Staff(told(error)))?;
    let link = format!("{public_url}/desk/invite/{}", token.into_exposed());
    writeln!(std::io::stdout(), "{link}")
        .map_err(|source| StartError::Io { what: "the link could not be printed".to_owned(), source })
}

/// What is wrong, in words.
fn told(error: ServiceError) -> String {
    match error {
        ServiceError::Invalid(fields) => {
            fields.into_iter().map(|field| format!("{}: {}", field.field, field.message)).collect::<Vec<_>>().join("; ")
        }
        ServiceError::NotFound => "there is no such account, or it is disabled".to_owned(),
        other => other.to_string(),
    }
}
