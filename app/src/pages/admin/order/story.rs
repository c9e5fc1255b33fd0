//! The one timeline, filtered and turned round by the address, every line with a link of its own.

use crate::components::{Chip, Tone};
use crate::pages::query;
use crate::text as t;
use domain::Lang;
use domain::wire::desk::{OrderDeskView, StoryKind, StoryLine};
use leptos::prelude::*;
use services::desk::order::story_kind;

/// The page with a filter and an order.
fn address(code: &str, kind: Option<StoryKind>, newest: bool) -> String {
    let mut parts = Vec::new();
    if let Some(kind) = kind {
        parts.push(format!("kind={kind}"));
    }
    if newest {
        parts.push("from=newest".to_owned());
    }
    let query = if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) };
    format!("/desk/orders/{code}{query}#story")
}

#[component]
pub(super) fn Story(view: OrderDeskView, lang: Lang) -> impl IntoView {
    let kind: Option<StoryKind> = query("kind").and_then(|word| word.parse().ok());
    let newest = query("from").as_deref() == Some("newest");
    let code = view.code;
    let mut lines: Vec<StoryLine> =
        view.story.into_iter().filter(|line| kind.is_none_or(|kind| line.kind == kind)).collect();
    if newest {
        lines.reverse();
    }
    let chip = |of: Option<StoryKind>, label: &'static str| {
        let current = (of == kind).then_some("true");
        view! {
            <li><a class="filter-chip" href=address(&code, of, newest) aria-current=current>{label}</a></li>
        }
    };
    let kinds = StoryKind::ALL.iter().map(|of| chip(Some(*of), story_kind(*of, lang))).collect_view();
    let turned = if newest { t::od_oldest(lang) } else { t::od_newest(lang) };
    let empty = lines.is_empty();
    view! {
        <section class="section" id="story" aria-labelledby="story-title">
            <div class="section-head">
                <h2 id="story-title">{t::od_story(lang)}</h2>
                <a class="link small" href=address(&code, kind, !newest)>{turned}</a>
            </div>
            <ul class="filter-chips">{chip(None, t::od_all(lang))}{kinds}</ul>
            {view.story_cut.then(|| view! { <p class="small muted">{t::od_story_cut(lang)}</p> })}
            {empty.then(|| view! { <p class="muted">{t::od_story_none(lang)}</p> })}
            <ol class="story">{lines.into_iter().map(|line| entry(line, lang)).collect_view()}</ol>
        </section>
    }
}

fn entry(line: StoryLine, lang: Lang) -> impl IntoView {
    let exact = line.at.kst_date_time(lang);
    let who = if line.who.is_empty() { t::od_system(lang).to_owned() } else { line.who };
    let note = line.kind == StoryKind::Note;
    let detail = (!line.detail.is_empty()).then(|| {
        let class = if note { "story-note" } else { "story-detail" };
        view! { <p class=class>{line.detail}</p> }
    });
    view! {
        <li id=line.key.clone()>
            <a class="story-when" href=format!("#{}", line.key) title=t::od_link(lang)>
                <time datetime=line.at.rfc3339()>{exact}</time>
            </a>
            <div>
                <p>
                    <Chip tone=Tone::from(line.tone) label=story_kind(line.kind, lang)/>
                    " "
                    {line.title}
                    " "
                    <span class="who">{who}</span>
                </p>
                {detail}
                {(!line.reason.is_empty()).then(|| view! { <p class="story-reason">{line.reason}</p> })}
            </div>
        </li>
    }
}
