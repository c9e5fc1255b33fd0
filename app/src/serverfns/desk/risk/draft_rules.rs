use super::RULES;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use domain::risk::{FormProblem, book_of};
use leptos::prelude::*;
use services::ServiceError;
use services::desk::risk;

/// Writes a draft of the rules: the book it was made from with the form's numbers.
#[server(name = DraftRules, prefix = "/desk/fn", endpoint = "risk/draft")]
pub async fn draft_rules(#[server(default)] based_on: i64, #[server(default)] reason: String) -> Result<(), Failure> {
    let cx = Cx::take();
    let drafted = async {
        // Before what was typed is looked at: whoever may only read learns nothing of it.
        services::rights::staff(&cx.actor, services::rights::Act::RiskDraft)?;
        let base = risk::book(&cx.services, &cx.actor, based_on).await?.book;
        let book = book_of(&base, |name| cx.typed(name)).map_err(|problem| match problem {
            FormProblem::Field(name) => ServiceError::invalid(name, "number", t::rules_bad_number(cx.lang())),
            FormProblem::Book(problem) => ServiceError::invalid("form", "unsound", problem.to_string()),
        })?;
        risk::draft(&cx.services, &cx.actor, based_on, book, &reason).await
    };
    match drafted.await {
        Ok(version) => cx.done(&format!("{RULES}/{version}"), Some(t::rules_saved(cx.lang())), Vec::new()).await,
        Err(error) => Err(cx.refused(error, RULES).await),
    }
}
