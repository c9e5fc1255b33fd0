//! Step one: paste, look at what was found, add by hand.

use super::nav::Nav;
use super::row::Row;
use super::typed::Typed;
use super::{SellState, count_of, counted, face_of};
use crate::components::{Banner, ErrorList, Glyph, Icon, StickyBar, Tone, error_of};
use crate::text as t;
use domain::Lang;
use domain::wire::PasteReport;
use leptos::prelude::*;

/// The step.
#[component]
pub fn Vouchers(flow: SellState, nav: Nav, lang: Lang) -> impl IntoView {
    let ids = Memo::new(move |_| flow.view.with(|view| view.rows.iter().map(|row| row.id).collect::<Vec<_>>()));
    let none = Memo::new(move |_| ids.with(Vec::is_empty));
    let open = Memo::new(move |_| flow.view.with(|view| counted(view).filter(|row| !row.problems.is_empty()).count()));
    view! {
        <div class="col main stack">
            <h1 class="page-title" id="step-title" tabindex="-1">{t::vouchers_title(lang)}</h1>
            {move || view! { <ErrorList errors=flow.view.with(|view| view.errors.clone()) lang/> }}
            <div aria-live="polite">
                {move || flow.view.with(|view| view.paste.clone()).map(|report| view! { <Report report/> })}
            </div>
            <section class="section" id="rows" aria-labelledby="rows-title" hidden=move || none.get()>
                <div class="section-head"><h2 id="rows-title">{t::rows_title(lang)}</h2></div>
                <div class="card card-tight">
                    <For each=move || ids.get() key=|id| *id children=move |id| view! { <Row flow id lang/> }/>
                </div>
            </section>
            <PasteBox flow empty=none lang/>
            <Typed flow nav lang/>
            <p class="small muted">{t::draft_private(lang)}</p>
        </div>
        <form method="post" action="/fn/sell/quote" id="to-quote">
            <input type="hidden" name="to" value="quote"/>
        </form>
        {move || {
            let (count, face, nothing) =
                flow.view.with(|view| (count_of(view, lang), face_of(view), counted(view).next().is_none()));
            let label = match open.get() {
                // What to do says it all.
                _ if nothing => String::new(),
                0 => format!("{count} · {}", t::quote_total_face(lang)),
                open => format!("{count} · {}", t::rows_open(open, lang)),
            };
            let empty = none.get();
            let busy = flow.is_busy("/fn/sell/quote");
            view! {
                <StickyBar label won=(!nothing).then_some(face) note=t::count_none(lang) lang>
                    <button class="btn btn-main" form="to-quote" type="submit" disabled=empty aria-busy=busy.then_some("true")>
                        {t::to_quote(lang)}
                    </button>
                </StickyBar>
            }
        }}
    }
}

#[component]
fn PasteBox(flow: SellState, empty: Memo<bool>, lang: Lang) -> impl IntoView {
    let busy = move || flow.is_busy("/fn/sell/paste").then_some("true");
    let error = Memo::new(move |_| flow.view.with(|view| error_of(&view.errors, "text")));
    let wrong = move || error.with(Option::is_some);
    // No `maxlength`: a browser cuts a paste there without a word. The server says what is too long.
    view! {
        <form class="card stack-s" method="post" action="/fn/sell/paste">
            <div class="field">
                <label for="text">{t::paste_label(lang)}</label>
                <textarea
                    class="input"
                    id="text"
                    name="text"
                    rows=move || if empty.get() { "5" } else { "2" }
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    placeholder=t::hero_placeholder(lang)
                    aria-invalid=move || wrong().then_some("true")
                    aria-describedby=move || if wrong() { "text-help text-error" } else { "text-help" }
                ></textarea>
                <p class="help" id="text-help">{t::paste_help(lang)}</p>
                {move || error.get().map(|error| view! { <p class="error" id="text-error"><Icon glyph=Glyph::Alert/>{error}</p> })}
            </div>
            // The one thing to do while there is nothing; afterwards the bar has it.
            <button class=move || if empty.get() { "btn btn-main" } else { "btn" } type="submit" aria-busy=busy>
                {t::paste_action(lang)}
            </button>
        </form>
    }
}

/// What the last paste did.
#[component]
fn Report(report: PasteReport) -> impl IntoView {
    let tone = match (report.found, report.refused.is_empty()) {
        (0, _) => Tone::You,
        (_, true) => Tone::Good,
        (_, false) => Tone::Plain,
    };
    let none = report.refused.is_empty();
    let refused = report.refused.into_iter().map(|reason| view! { <li>{reason}</li> }).collect_view();
    view! {
        <Banner tone title=report.summary>
            {(!none).then(|| view! { <ul class="bullets small">{refused}</ul> })}
        </Banner>
    }
}
