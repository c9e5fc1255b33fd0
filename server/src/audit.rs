//! `pindesk audit`: walks the audit log's chain from the machine itself.

use crate::AuditCommand;
use crate::config::Config;
use crate::wire_up::{self, StartError};
use services::desk::audit;
use std::io::Write as _;
use std::process::ExitCode;

/// Exit code 0: the chain holds. 1: it is broken, and the first place is named. Not being able to look is an error.
pub async fn run(config: &Config, command: &AuditCommand) -> Result<ExitCode, StartError> {
    let AuditCommand::Verify { anchors } = command;
    let mut heads = Vec::new();
    for anchor in anchors {
        heads.push(audit::head_of(anchor).ok_or_else(|| StartError::Setting {
            section: "--anchor",
            reason: format!("{anchor:?} is not NUMBER:HASH as the log has it"),
        })?);
    }
    let running = wire_up::start(config, wire_up::Starts::Command).await?;
    let walked = audit::check_now(&running.services, &heads).await;
    if let Some(sandbox) = running.sandbox {
        sandbox.stop().await;
    }
    running.services.db.close().await;
    let report = walked.map_err(|error| StartError::Staff(error.to_string()))?;
    let mut out = std::io::stdout().lock();
    let io = |source| StartError::Io { what: "the result could not be printed".to_owned(), source };
    let head = report.head.as_ref().map_or_else(|| "nothing sealed yet".to_owned(), audit::head_text);
    for fault in &report.faults {
        writeln!(out, "BAD  {}", fault.text(domain::Lang::En)).map_err(io)?;
    }
    let word = if report.is_sound() { "sound" } else { "BROKEN" };
    writeln!(out, "{word}: {} links, head {head}", report.checked).map_err(io)?;
    Ok(if report.is_sound() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
