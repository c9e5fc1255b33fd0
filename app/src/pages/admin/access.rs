//! Signing in, and one's own account.

use super::bits::browser;
use super::{Desk, DeskTime, DoButton, Door, Place, desk};
use crate::components::{Chip, TextField, Tone};
use crate::desk::{Flash, desk_path};
use crate::pages::{load, query};
use crate::ssr::redirect;
use crate::text as t;
use domain::wire::AppError;
use domain::wire::desk::SessionView;
use domain::{Lang, Timestamp};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use services::desk::access;

/// Where to go after signing in.
fn wanted() -> String {
    query("to").and_then(|to| desk_path(&to).map(str::to_owned)).unwrap_or_default()
}

#[component]
fn To(to: String) -> impl IntoView {
    (!to.is_empty()).then(|| view! { <input type="hidden" name="to" value=to/> })
}

/// `/desk/sign-in`: login and password.
#[component]
pub fn SignInPage() -> impl IntoView {
    let lang = crate::ssr::lang();
    let (flash, to) = (Flash::here(), wanted());
    let form = "access/enter";
    view! {
        <Door title=t::sign_in_title(lang) lead=t::sign_in_lead(lang)>
            <form method="post" action="/desk/fn/access/enter" class="stack">
                <To to/>
                <TextField
                    id="login"
                    name="login"
                    label=t::login_label(lang)
                    value=flash.value(form, "login").unwrap_or_default()
                    error=flash.wrong(form, "login")
                    autocomplete="username"
                    required=true
                />
                <TextField
                    id="password"
                    name="password"
                    label=t::password_label(lang)
                    value=""
                    kind="password"
                    maxlength=256
                    error=flash.wrong(form, "password")
                    autocomplete="current-password"
                    required=true
                />
                <button class="btn btn-main" type="submit">{t::sign_in_button(lang)}</button>
            </form>
        </Door>
    }
}

#[component]
fn CodeField(
    form: &'static str,
    #[prop(into)] label: String,
    #[prop(default = "one-time-code")] autocomplete: &'static str,
    #[prop(default = "text")] kind: &'static str,
) -> impl IntoView {
    let flash = Flash::here();
    view! {
        <TextField
            id="code"
            name="code"
            label
            value=""
            kind
            maxlength=256
            error=flash.wrong(form, "code")
            autocomplete
            required=true
        />
    }
}

/// `/desk/sign-in/code`: the second factor after a right password.
#[component]
pub fn CodePage() -> impl IntoView {
    let to = wanted();
    load(
        |cx| async move {
            let pending = cx.session.pending().await.map_err(|error| cx.session_failed(&error))?;
            if pending.is_none() {
                redirect("/desk/sign-in");
            }
            Ok(cx.lang())
        },
        move |lang| {
            view! {
                <Door title=t::code_title(lang) lead=t::code_lead(lang)>
                    <form method="post" action="/desk/fn/access/code" class="stack">
                        <To to/>
                        <CodeField form="access/code" label=t::code_label(lang)/>
                        <button class="btn btn-main" type="submit">{t::code_button(lang)}</button>
                    </form>
                    <DoButton action="/desk/fn/access/leave" label=t::start_over(lang) class="btn btn-quiet"/>
                </Door>
            }
        },
    )
}

/// `/desk/sign-in/enrol`: setting up the second factor.
#[component]
pub fn EnrolPage() -> impl IntoView {
    load(
        |cx| async move {
            let pending = cx.session.pending().await.map_err(|error| cx.session_failed(&error))?;
            let Some(pending) = pending else {
                redirect("/desk/sign-in");
                return Ok(None);
            };
            match access::enrol(&cx.services, &cx.actor, &pending).await {
                Ok(enrolment) => Ok(Some((enrolment, cx.lang()))),
                Err(services::ServiceError::SignedOut | services::ServiceError::NotFound) => {
                    redirect("/desk/sign-in");
                    Ok(None)
                }
                Err(error) => Err(cx.refuse(error)),
            }
        },
        |loaded| {
            loaded.map(|(enrolment, lang)| {
                view! {
                    <Door title=t::enrol_title(lang) lead=t::enrol_lead(lang)>
                        <div class="qr" inner_html=enrolment.picture></div>
                        <p class="small">
                            {t::enrol_by_hand(lang)}
                            <code class="by-hand">{enrolment.secret.into_exposed()}</code>
                        </p>
                        <form method="post" action="/desk/fn/access/enrol" class="stack">
                            <CodeField form="access/enrol" label=t::code_title(lang)/>
                            <button class="btn btn-main" type="submit">{t::code_button(lang)}</button>
                        </form>
                    </Door>
                }
            })
        },
    )
}

/// `/desk/invite/{token}`: choosing a password.
#[component]
pub fn InvitePage() -> impl IntoView {
    let token = use_params_map().with_untracked(|params| params.get("token").unwrap_or_default());
    let asked = token.clone();
    load(
        |cx| async move {
            match access::invitation(&cx.services, &cx.actor, &asked).await {
                Ok(invited) => Ok((Some(invited), cx.lang())),
                Err(services::ServiceError::NotFound) => Ok((None, cx.lang())),
                Err(error) => Err(cx.refuse(error)),
            }
        },
        move |(invited, lang)| {
            let flash = Flash::here();
            let form = "access/accept";
            let Some(invited) = invited else {
                crate::ssr::set_status(axum::http::StatusCode::NOT_FOUND);
                return view! { <Door title=t::link_dead_title(lang) lead=t::link_dead_body(lang)>""</Door> }
                    .into_any();
            };
            let lead = t::invite_lead(lang, &invited.name, &invited.login);
            view! {
                <Door title=t::invite_title(lang) lead>
                    {invited.is_reset.then(|| view! { <p class="small">{t::invite_reset(lang)}</p> })}
                    <form method="post" action="/desk/fn/access/accept" class="stack">
                        <input type="hidden" name="token" value=token/>
                        <input type="hidden" name="login" value=invited.login autocomplete="username"/>
                        <NewPassword form lang/>
                        <button class="btn btn-main" type="submit">{t::choose_button(lang)}</button>
                    </form>
                    {flash.wrong(form, "form").map(|wrong| view! { <p class="error">{wrong}</p> })}
                </Door>
            }
            .into_any()
        },
    )
}

#[component]
fn NewPassword(form: &'static str, lang: Lang) -> impl IntoView {
    let flash = Flash::here();
    view! {
        <TextField
            id="password"
            name="password"
            label=t::new_password_label(lang)
            value=""
            kind="password"
            maxlength=256
            help=t::new_password_help(lang)
            error=flash.wrong(form, "password")
            autocomplete="new-password"
            required=true
        />
        <TextField
            id="again"
            name="again"
            label=t::again_label(lang)
            value=""
            kind="password"
            maxlength=256
            error=flash.wrong(form, "again")
            autocomplete="new-password"
            required=true
        />
    }
}

/// `/desk/step-up`: the second factor again.
#[component]
pub fn StepUpPage() -> impl IntoView {
    let to = wanted();
    desk(
        |cx| async move {
            let by_code = access::has_second_factor(&cx.services, &cx.actor).await.map_err(|error| cx.refuse(error))?;
            Ok((by_code, cx.lang()))
        },
        move |(by_code, lang)| {
            let field = if by_code {
                view! { <CodeField form="access/step_up" label=t::code_label(lang)/> }.into_any()
            } else {
                view! {
                    <CodeField
                        form="access/step_up"
                        label=t::step_up_password(lang)
                        autocomplete="current-password"
                        kind="password"
                    />
                }
                .into_any()
            };
            view! {
                <Desk title=t::step_up_title(lang) here=Place::Me>
                    <p class="lead">{t::step_up_lead(lang)}</p>
                    <form method="post" action="/desk/fn/access/step_up" class="stack desk-form">
                        <To to/>
                        {field}
                        <p class="picks">
                            <button class="btn btn-main" type="submit">{t::code_button(lang)}</button>
                            <a class="btn btn-quiet" href="/desk">{t::desk_cancel(lang)}</a>
                        </p>
                    </form>
                </Desk>
            }
        },
    )
}

struct Me {
    sessions: Vec<SessionView>,
    by_code: bool,
    now: Timestamp,
    lang: Lang,
}

/// `/desk/me`: one's own sessions, password, recovery codes.
#[component]
pub fn MePage() -> impl IntoView {
    desk(
        |cx| async move {
            let refuse = |error| cx.refuse(error);
            let sessions = access::my_sessions(&cx.services, &cx.actor).await.map_err(refuse)?;
            let by_code = access::has_second_factor(&cx.services, &cx.actor).await.map_err(refuse)?;
            Ok::<_, AppError>(Me { sessions, by_code, now: cx.services.clock.now(), lang: cx.lang() })
        },
        |Me { sessions, by_code, now, lang }| {
            let flash = Flash::here();
            let roles = crate::desk::staff().map_or(String::new(), |staff| {
                staff.roles.iter().map(|role| role.name(lang)).collect::<Vec<_>>().join(" · ")
            });
            let others = sessions.len() > 1;
            let rows = sessions
                .into_iter()
                .map(|session| {
                    let end = if session.here {
                        view! { <Chip tone=Tone::Good label=t::session_here(lang)/> }.into_any()
                    } else {
                        view! {
                            <DoButton
                                action="/desk/fn/access/end_session"
                                label=t::session_end(lang)
                                fields=vec![("id", session.id)]
                                class="btn btn-small"
                            />
                        }
                        .into_any()
                    };
                    view! {
                        <tr>
                            <td data-label=t::session_address(lang)>{session.address}</td>
                            <td data-label=t::session_agent(lang) class="cell-long">
                                <span title=session.agent.clone()>{browser(&session.agent)}</span>
                            </td>
                            <td data-label=t::session_began(lang)><DeskTime at=session.began_at now lang/></td>
                            <td data-label=t::session_seen(lang)><DeskTime at=session.seen_at now lang/></td>
                            <td>{end}</td>
                        </tr>
                    }
                })
                .collect_view();
            view! {
                <Desk title=t::me_title(lang) here=Place::Me>
                    <Once codes=flash.once.clone() lang/>
                    <p class="lead">{format!("{}: {roles}", t::me_roles(lang))}</p>
                    <section class="section">
                        <h2>{t::me_sessions(lang)}</h2>
                        <p class="small muted">{t::me_sessions_lead(lang)}</p>
                        <div class="table-wrap">
                            <table class="table cards" data-rows="">
                                <thead>
                                    <tr>
                                        <th scope="col">{t::session_address(lang)}</th>
                                        <th scope="col">{t::session_agent(lang)}</th>
                                        <th scope="col">{t::session_began(lang)}</th>
                                        <th scope="col">{t::session_seen(lang)}</th>
                                        <th scope="col"><span class="unseen">{t::session_end(lang)}</span></th>
                                    </tr>
                                </thead>
                                <tbody>{rows}</tbody>
                            </table>
                        </div>
                        {others.then(|| view! { <DoButton action="/desk/fn/access/end_others" label=t::session_end_others(lang)/> })}
                    </section>
                    <section class="section desk-form">
                        <h2>{t::me_password(lang)}</h2>
                        <form method="post" action="/desk/fn/access/change_password" class="stack">
                            <TextField
                                id="old"
                                name="old"
                                label=t::old_password_label(lang)
                                value=""
                                kind="password"
                                maxlength=256
                                error=flash.wrong("access/change_password", "old")
                                autocomplete="current-password"
                                required=true
                            />
                            <NewPassword form="access/change_password" lang/>
                            <button class="btn" type="submit">{t::choose_button(lang)}</button>
                        </form>
                    </section>
                    {by_code
                        .then(|| {
                            view! {
                                <section class="section desk-form">
                                    <h2>{t::me_recovery(lang)}</h2>
                                    <p class="small muted">{t::me_recovery_lead(lang)}</p>
                                    <DoButton action="/desk/fn/access/recovery" label=t::me_recovery_button(lang)/>
                                </section>
                            }
                        })}
                </Desk>
            }
        },
    )
}

/// Recovery codes, this once.
#[component]
fn Once(codes: Vec<String>, lang: Lang) -> impl IntoView {
    (!codes.is_empty()).then(|| {
        view! {
            <section class="once" aria-label=t::recovery_title(lang)>
                <h2>{t::recovery_title(lang)}</h2>
                <p class="small">{t::recovery_lead(lang)}</p>
                <ul class="codes">{codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view()}</ul>
            </section>
        }
    })
}
