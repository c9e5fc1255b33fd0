//! `/desk/users`: who works here and what they may do.

use super::bits::browser;
use super::{ConfirmForm, Desk, DeskTime, Place, desk};
use crate::components::{Check, Chip, TextField, Tone};
use crate::desk::{Flash, may};
use crate::text as t;
use domain::wire::AppError;
use domain::wire::desk::{RoleChangeView, SessionView, UserPage as Account, UserRow};
use domain::{Lang, Role, Timestamp};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use services::desk::users;
use services::rights::Act;

fn state(word: &str, lang: Lang) -> impl IntoView + use<> {
    let (tone, label) = match word {
        "active" => (Tone::Good, t::state_active(lang)),
        "invited" => (Tone::Busy, t::state_invited(lang)),
        _ => (Tone::Bad, t::state_disabled(lang)),
    };
    view! { <Chip tone label/> }
}

fn roles_line(roles: &[Role], lang: Lang) -> String {
    if roles.is_empty() {
        return t::desk_no_roles(lang).to_owned();
    }
    roles.iter().map(|role| role.name(lang)).collect::<Vec<_>>().join(" · ")
}

/// Boxes for the roles.
#[component]
fn RoleBoxes(prefix: &'static str, held: Vec<Role>, error: Option<String>, lang: Lang) -> impl IntoView {
    let boxes = Role::ALL
        .iter()
        .map(|role| {
            view! {
                <Check
                    id=format!("{prefix}-{role}")
                    name="role[]"
                    value=role.as_str()
                    checked=held.contains(role)
                    label=role.name(lang)
                />
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{t::user_roles(lang)}</legend>
            <div class="role-boxes">{boxes}</div>
            {error.map(|error| view! { <p class="error">{error}</p> })}
        </fieldset>
    }
}

#[component]
fn Reason(id: &'static str, form: &'static str, lang: Lang) -> impl IntoView {
    let flash = Flash::here();
    view! {
        <TextField
            id
            name="reason"
            label=t::desk_reason(lang)
            value=flash.value(form, "reason").unwrap_or_default()
            error=flash.wrong(form, "reason")
            help=t::desk_reason_help(lang)
            maxlength=500
            required=true
        />
    }
}

/// A link that is shown once.
#[component]
fn OnceLink(lang: Lang) -> impl IntoView {
    let links = Flash::here().once;
    (!links.is_empty()).then(|| {
        view! {
            <section class="once" aria-label=t::user_link_title(lang)>
                <h2>{t::user_link_title(lang)}</h2>
                <p class="small">{t::user_link_lead(lang)}</p>
                {links.into_iter().map(|link| view! { <p><code>{link}</code></p> }).collect_view()}
            </section>
        }
    })
}

/// The list, with the invitation.
#[component]
pub fn UsersPage() -> impl IntoView {
    desk(
        |cx| async move {
            let rows = users::list(&cx.services, &cx.actor).await.map_err(|error| cx.refuse(error))?;
            Ok::<_, AppError>((rows, cx.services.clock.now(), cx.lang()))
        },
        |(rows, now, lang)| {
            let body = rows.into_iter().map(|row| user_row(row, now, lang)).collect_view();
            view! {
                <Desk title=t::users_title(lang) here=Place::Users wide=true>
                    <OnceLink lang/>
                    {may(Act::UsersWrite).then(|| view! { <InviteForm lang/> })}
                    <div class="table-wrap">
                        <table class="table cards" data-rows="">
                            <thead>
                                <tr>
                                    <th scope="col">{t::user_name(lang)}</th>
                                    <th scope="col">{t::user_login(lang)}</th>
                                    <th scope="col">{t::user_state(lang)}</th>
                                    <th scope="col">{t::user_roles(lang)}</th>
                                    <th scope="col">{t::user_factor(lang)}</th>
                                    <th scope="col">{t::user_last(lang)}</th>
                                </tr>
                            </thead>
                            <tbody>{body}</tbody>
                        </table>
                    </div>
                </Desk>
            }
        },
    )
}

fn user_row(row: UserRow, now: Timestamp, lang: Lang) -> impl IntoView {
    let factor = if row.second_factor { t::user_factor_yes(lang) } else { t::user_factor_no(lang) };
    let last = match row.last_sign_in_at {
        Some(at) => view! { <DeskTime at now lang/> }.into_any(),
        None => t::user_never(lang).into_any(),
    };
    view! {
        <tr>
            <td data-label=t::user_name(lang)>
                <a class="row-link" href=format!("/desk/users/{}", row.id)>{row.name}</a>
            </td>
            <td data-label=t::user_login(lang)>{row.login}</td>
            <td data-label=t::user_state(lang)>{state(&row.state, lang)}</td>
            <td data-label=t::user_roles(lang)>{roles_line(&row.roles, lang)}</td>
            <td data-label=t::user_factor(lang)>{factor}</td>
            <td data-label=t::user_last(lang)>{last}</td>
        </tr>
    }
}

#[component]
fn InviteForm(lang: Lang) -> impl IntoView {
    let flash = Flash::here();
    let form = "users/invite";
    let ticked: Vec<Role> = flash
        .typed
        .iter()
        .filter(|(name, _)| flash.form == form && name == "role[]")
        .filter_map(|(_, role)| role.parse().ok())
        .collect();
    let open = flash.form == form && flash.error.is_some();
    view! {
        <div class="inline-forms desk-actions">
            <ConfirmForm
                id="invite"
                action="/desk/fn/users/invite"
                label=t::user_invite(lang)
                question=t::user_invite_question(lang)
                confirm=t::user_invite_confirm(lang)
                class="btn btn-main"
                confirm_class="btn btn-main"
                open
                lang
            >
                <TextField
                    id="invite-login"
                    name="login"
                    label=t::user_login(lang)
                    value=flash.value(form, "login").unwrap_or_default()
                    error=flash.wrong(form, "login")
                    required=true
                />
                <TextField
                    id="invite-name"
                    name="name"
                    label=t::user_name(lang)
                    value=flash.value(form, "name").unwrap_or_default()
                    error=flash.wrong(form, "name")
                    required=true
                />
                <RoleBoxes prefix="invite" held=ticked error=flash.wrong(form, "roles") lang/>
                <Reason id="invite-reason" form lang/>
            </ConfirmForm>
        </div>
    }
}

/// One account.
#[component]
pub fn UserPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id").unwrap_or_default());
    desk(
        |cx| async move {
            let page = users::open(&cx.services, &cx.actor, &id).await.map_err(|error| cx.refuse(error))?;
            Ok::<_, AppError>((page, cx.services.clock.now(), cx.lang()))
        },
        |(page, now, lang)| {
            let Account { user, revision, own, recovery_codes, sessions, changes } = page;
            let last = match user.last_sign_in_at {
                Some(at) => view! { <DeskTime at now lang/> }.into_any(),
                None => t::user_never(lang).into_any(),
            };
            let factor = if user.second_factor {
                format!("{} · {}", t::user_factor_yes(lang), t::user_recovery(lang, recovery_codes))
            } else {
                t::user_factor_no(lang).to_owned()
            };
            let acts = may(Act::UsersWrite).then(|| {
                if own {
                    view! { <p class="small muted">{t::user_own(lang)}</p> }.into_any()
                } else {
                    view! { <Acts user=user.clone() revision lang/> }.into_any()
                }
            });
            view! {
                <Desk title=user.name.clone() here=Place::Users>
                    <OnceLink lang/>
                    <section class="panel">
                        <dl class="facts">
                            <div><dt>{t::user_login(lang)}</dt><dd>{user.login.clone()}</dd></div>
                            <div><dt>{t::user_state(lang)}</dt><dd>{state(&user.state, lang)}</dd></div>
                            <div><dt>{t::user_roles(lang)}</dt><dd>{roles_line(&user.roles, lang)}</dd></div>
                            <div><dt>{t::user_factor(lang)}</dt><dd>{factor}</dd></div>
                            <div><dt>{t::user_last(lang)}</dt><dd>{last}</dd></div>
                        </dl>
                    </section>
                    <div class="desk-actions">{acts}</div>
                    <section class="section">
                        <h2>{t::me_sessions(lang)}</h2>
                        {sessions_table(sessions, now, lang)}
                    </section>
                    <section class="section">
                        <h2>{t::user_history(lang)}</h2>
                        {history(changes, now, lang)}
                    </section>
                </Desk>
            }
        },
    )
}

#[component]
fn Acts(user: UserRow, revision: i64, lang: Lang) -> impl IntoView {
    let flash = Flash::here();
    // What was ticked stands there again after a refusal, and after the second factor was shown.
    let chosen: Vec<Role> =
        Role::ALL.iter().copied().filter(|role| flash.chose("users/roles", "role[]", role.as_str())).collect();
    let failed = move |form: &str| flash.form == form && flash.error.is_some();
    let ticked = if failed("users/roles") { chosen } else { user.roles.clone() };
    let fields = move |id: &str| vec![("id", id.to_owned()), ("revision", revision.to_string())];
    let disabled = user.state == "disabled";
    let (state_label, state_question) = if disabled {
        (t::user_enable(lang), t::user_enable_question(lang, &user.name))
    } else {
        (t::user_disable(lang), t::user_disable_question(lang, &user.name))
    };
    let mut state_fields = fields(&user.id);
    state_fields.push(("enabled", disabled.to_string()));
    let state_class = if disabled { "btn btn-main" } else { "btn btn-danger" };
    view! {
        <p class="small muted">{t::step_up_hint(lang)}</p>
        <div class="inline-forms">
            <ConfirmForm
                id="roles"
                action="/desk/fn/users/roles"
                label=t::user_roles_change(lang)
                question=t::user_roles_question(lang, &user.name)
                confirm=t::desk_save(lang)
                confirm_class="btn btn-main"
                fields=fields(&user.id)
                open=failed("users/roles")
                lang
            >
                <RoleBoxes prefix="roles" held=ticked error=Flash::here().wrong("users/roles", "roles") lang/>
                <Reason id="roles-reason" form="users/roles" lang/>
            </ConfirmForm>
            <ConfirmForm
                id="state"
                action="/desk/fn/users/state"
                label=state_label
                question=state_question
                confirm=state_label
                confirm_class=state_class
                fields=state_fields
                open=failed("users/state")
                lang
            >
                <Reason id="state-reason" form="users/state" lang/>
            </ConfirmForm>
            {(!disabled)
                .then(|| {
                    view! {
                        <ConfirmForm
                            id="sessions"
                            action="/desk/fn/users/end_sessions"
                            label=t::user_end_sessions(lang)
                            question=t::user_end_question(lang, &user.name)
                            confirm=t::user_end_sessions(lang)
                            fields=fields(&user.id)
                            open=failed("users/end_sessions")
                            lang
                        >
                            <Reason id="sessions-reason" form="users/end_sessions" lang/>
                        </ConfirmForm>
                        <ConfirmForm
                            id="link"
                            action="/desk/fn/users/link"
                            label=t::user_link(lang)
                            question=t::user_link_question(lang, &user.name)
                            confirm=t::user_link(lang)
                            confirm_class="btn btn-main"
                            fields=fields(&user.id)
                            open=failed("users/link")
                            lang
                        >
                            <Reason id="link-reason" form="users/link" lang/>
                        </ConfirmForm>
                    }
                })}
        </div>
    }
}

fn sessions_table(sessions: Vec<SessionView>, now: Timestamp, lang: Lang) -> AnyView {
    if sessions.is_empty() {
        return view! { <p class="muted">{t::user_no_sessions(lang)}</p> }.into_any();
    }
    let rows = sessions
        .into_iter()
        .map(|session| {
            view! {
                <tr>
                    <td data-label=t::session_address(lang)>{session.address}</td>
                    <td data-label=t::session_agent(lang) class="cell-long"><span title=session.agent.clone()>{browser(&session.agent)}</span></td>
                    <td data-label=t::session_began(lang)><DeskTime at=session.began_at now lang/></td>
                    <td data-label=t::session_seen(lang)><DeskTime at=session.seen_at now lang/></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap">
            <table class="table cards" data-rows="">
                <thead>
                    <tr>
                        <th scope="col">{t::session_address(lang)}</th>
                        <th scope="col">{t::session_agent(lang)}</th>
                        <th scope="col">{t::session_began(lang)}</th>
                        <th scope="col">{t::session_seen(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn history(changes: Vec<RoleChangeView>, now: Timestamp, lang: Lang) -> AnyView {
    if changes.is_empty() {
        return view! { <p class="muted">{t::user_history_empty(lang)}</p> }.into_any();
    }
    let lines = changes
        .into_iter()
        .map(|change| {
            let role = change.role.parse::<Role>().map_or(change.role, |role| role.name(lang).to_owned());
            let what = if change.granted { t::role_granted(lang, &role) } else { t::role_revoked(lang, &role) };
            view! {
                <li>
                    <DeskTime at=change.at now lang/>
                    <div>
                        {what}
                        <p class="who">{format!("{} · {}", change.actor, change.reason)}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="story">{lines}</ul> }.into_any()
}
