use crate::components::{Chip, Tone};
use crate::desk::may;
use crate::pages::admin::{AskedForm, Desk, DeskTime, Place, desk};
use crate::text as t;
use domain::wire::desk::{KeyView, KeysView, RotationLine, RotationView};
use domain::{Lang, Timestamp};
use leptos::prelude::*;
use services::desk::keys;
use services::rights::Act;

/// `/desk/keys`
#[component]
pub fn KeysPage() -> impl IntoView {
    desk(
        |cx| async move {
            let found = keys::keys(&cx.services, &cx.actor).await.map_err(|error| cx.refuse(error))?;
            Ok((found, cx.lang()))
        },
        |(found, lang)| {
            let KeysView { keys, rotation, may_begin, now } = found;
            let rows = keys.into_iter().map(|key| key_row(key, now, lang)).collect_view();
            let begin = may_begin.then(|| {
                let words = (t::keys_begin(lang), t::keys_begin_question(lang).to_owned());
                asked(("keys/begin", String::new()), words, Vec::new(), "btn btn-main", lang)
            });
            view! {
                <Desk title=t::place_keys(lang) here=Place::Keys wide=true>
                    <p class="lead">{t::keys_lead(lang)}</p>
                    <div id="keys" data-live="" class="stack keys">
                        <div class="table-wrap">
                            <table class="table cards" data-rows="">
                                <thead>
                                    <tr>
                                        <th scope="col">{t::keys_key(lang)}</th>
                                        <th scope="col">{t::keys_state(lang)}</th>
                                        <th scope="col">{t::keys_since(lang)}</th>
                                        <th scope="col">{t::keys_needed(lang)}</th>
                                        <th scope="col"><span class="unseen">{t::keys_retire(lang)}</span></th>
                                    </tr>
                                </thead>
                                <tbody>{rows}</tbody>
                            </table>
                        </div>
                        <section class="section">
                            <h2>{t::keys_rotation(lang)}</h2>
                            {begin}
                            {match rotation {
                                Some(rotation) => view! { <Rotation rotation now lang/> }.into_any(),
                                None => view! { <p class="muted">{t::keys_none(lang)}</p> }.into_any(),
                            }}
                        </section>
                    </div>
                    <section class="section prose">
                        <h2>{t::keys_guide(lang)}</h2>
                        <ol>
                            <li>{t::keys_step_1(lang)} <br/> <code>"pindesk keys add --data --lookup"</code></li>
                            <li>{t::keys_step_2(lang)}</li>
                            <li>{t::keys_step_3(lang)}</li>
                            <li>{t::keys_step_4(lang)}</li>
                        </ol>
                        <p class="muted">{t::keys_leak(lang)}</p>
                    </section>
                </Desk>
            }
        },
    )
}

/// A button that asks for the reason; `row` tells one of many from the others after a refusal.
fn asked(
    (form, row): (&'static str, String),
    (label, question): (&'static str, String),
    fields: Vec<(&'static str, String)>,
    class: &'static str,
    lang: Lang,
) -> Option<AnyView> {
    let allowed = may(Act::KeysRotate);
    allowed.then(|| view! { <AskedForm form row label question fields class lang/> }.into_any())
}

fn key_row(key: KeyView, now: Timestamp, lang: Lang) -> impl IntoView {
    let name = match key.purpose.as_str() {
        "data" => t::keys_data(lang, key.number),
        _ => t::keys_lookup(lang, key.number),
    };
    let (tone, state) = match key.state.as_str() {
        "active" => (Tone::Good, t::keys_active(lang)),
        "retiring" => (Tone::You, t::keys_retiring(lang)),
        _ => (Tone::Plain, t::keys_retired(lang)),
    };
    let told = match key.state.as_str() {
        "active" if key.given => t::keys_writes(lang).to_owned(),
        "retired" if key.given => t::keys_remove(lang).to_owned(),
        "retired" => t::keys_removed(lang).to_owned(),
        _ if !key.given => t::keys_missing(lang).to_owned(),
        _ if key.free => t::keys_free(lang).to_owned(),
        _ => key.needed_by.join(" · "),
    };
    let retire = key.free.then(|| {
        let fields = vec![("purpose", key.purpose.clone()), ("number", key.number.to_string())];
        let words = (t::keys_retire(lang), t::keys_retire_question(lang, &name));
        asked(("keys/retire", format!("{}-{}", key.purpose, key.number)), words, fields, "btn btn-small", lang)
    });
    view! {
        <tr>
            <td data-label=t::keys_key(lang)><strong>{name}</strong></td>
            <td data-label=t::keys_state(lang)><Chip tone=tone label=state/></td>
            <td data-label=t::keys_since(lang)><DeskTime at=key.given_at now lang/></td>
            <td class="cell-long" data-label=t::keys_needed(lang)>{told}</td>
            <td>{retire}</td>
        </tr>
    }
}

#[component]
fn Rotation(rotation: RotationView, now: Timestamp, lang: Lang) -> impl IntoView {
    let revision = rotation.revision.to_string();
    let (tone, state) = match rotation.state.as_str() {
        "running" => (Tone::Busy, t::keys_running(lang)),
        "paused" => (Tone::You, t::keys_standing(lang)),
        "done" => (Tone::Good, t::keys_done(lang)),
        _ => (Tone::Plain, t::keys_replaced(lang)),
    };
    let button = match rotation.state.as_str() {
        "running" => asked(
            ("keys/pause", String::new()),
            (t::keys_pause(lang), t::keys_pause_question(lang).to_owned()),
            vec![("revision", revision)],
            "btn btn-small",
            lang,
        ),
        "paused" => asked(
            ("keys/resume", String::new()),
            (t::keys_resume(lang), t::keys_resume_question(lang).to_owned()),
            vec![("revision", revision)],
            "btn btn-main",
            lang,
        ),
        _ => None,
    };
    let under_way = matches!(rotation.state.as_str(), "running" | "paused");
    let bar = under_way.then(|| {
        let label = t::keys_percent(lang, rotation.percent);
        view! {
            <p class="keys-bar">
                <progress class="progress" max="100" value=rotation.percent aria-label=t::keys_rotation(lang)></progress>
                <strong>{label}</strong>
                <span class="small muted" title=t::keys_round_help(lang)>{t::keys_round(lang, rotation.round)}</span>
            </p>
        }
    });
    let stuck = (rotation.stuck > 0).then(|| {
        view! { <p class="banner tone-bad">{t::keys_stuck_help(lang, rotation.stuck)}</p> }
    });
    // When it is done the last round found nothing to do: fifteen rows of nothing.
    let told = under_way || rotation.stuck > 0;
    let lines = rotation.lines;
    let table = told.then(|| {
        let lines = lines.into_iter().map(|line| table_row(line, lang)).collect_view();
        view! {
            <div class="table-wrap">
                <table class="table cards" data-rows="">
                    <thead>
                        <tr>
                            <th scope="col">{t::keys_table(lang)}</th>
                            <th scope="col" class="num">{t::keys_left(lang)}</th>
                            <th scope="col" class="num">{t::keys_changed(lang)}</th>
                            <th scope="col" class="num">{t::keys_stuck(lang)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        }
    });
    view! {
        <div class="stack">
        <p class="keys-now">
            <Chip tone=tone label=state/>
            <strong>{t::keys_to(lang, rotation.data_key, rotation.lookup_key)}</strong>
            {button}
        </p>
        {bar}
        {stuck}
        <dl class="facts">
            <div>
                <dt>{t::keys_by(lang)}</dt>
                <dd>{rotation.by}" · "<DeskTime at=rotation.began_at now lang/></dd>
            </div>
            <div>
                <dt>{t::desk_reason(lang)}</dt>
                <dd>{rotation.reason}</dd>
            </div>
            <div>
                <dt>{t::keys_last(lang)}</dt>
                <dd><DeskTime at=rotation.updated_at now lang/></dd>
            </div>
        </dl>
        {table}
        </div>
    }
}

fn table_row(line: RotationLine, lang: Lang) -> impl IntoView {
    let left = match line.total {
        _ if line.done => t::grouped(0),
        Some(total) => t::grouped((total - line.seen).max(0)),
        None => t::keys_waiting(lang).to_owned(),
    };
    view! {
        <tr>
            <td data-label=t::keys_table(lang)>{t::keys_part(lang, &line.table)}</td>
            <td class="num" data-label=t::keys_left(lang)>{left}</td>
            <td class="num" data-label=t::keys_changed(lang)>{t::grouped(line.changed)}</td>
            <td class="num" data-label=t::keys_stuck(lang)>{t::grouped(line.stuck)}</td>
        </tr>
    }
}
