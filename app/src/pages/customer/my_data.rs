//! `/orders/my/data`: what a person may ask of us about their own data, once their phone is proved.

use crate::components::{Trouble, trouble_from_code};
use crate::pages::{Frame, load, query};
use crate::ssr::redirect;
use crate::text as t;
use domain::Lang;
use domain::wire::desk::RequestView;
use leptos::prelude::*;
use services::ServiceError;
use services::desk::customer;

/// The page; without a proved phone it leads to the look-up.
#[component]
pub fn MyDataPage() -> impl IntoView {
    let trouble = query("e").as_deref().and_then(trouble_from_code);
    load(
        |cx| async move {
            let state = cx.session.lookup().await.map_err(|error| cx.session_failed(&error))?;
            match customer::my_data(&cx.services, &cx.actor, &state).await {
                Ok(mine) => Ok((Some(mine), cx.lang())),
                Err(ServiceError::NotFound) => {
                    redirect("/orders");
                    Ok((None, cx.lang()))
                }
                Err(error) => Err(cx.refuse(error)),
            }
        },
        move |(mine, lang)| {
            mine.map(|mine| {
                let asked = mine.requests.into_iter().map(|request| line(request, lang)).collect::<Vec<_>>();
                view! {
                    <Frame title=t::my_data_title(lang)>
                        <div class="col main stack">
                            <div>
                                <h1 class="page-title">{t::my_data_title(lang)}</h1>
                                <p class="lead">{t::my_data_lead(lang, &mine.phone)}</p>
                            </div>
                            {trouble.map(|error| view! { <Trouble error lang/> })}
                            <div class="card stack">
                                <p>{t::my_data_law(lang)}</p>
                                <p class="small muted">{t::my_data_answer(lang)}</p>
                                <div class="picks">
                                    <form method="post" action="/fn/person/wish">
                                        <input type="hidden" name="kind" value="export"/>
                                        <button class="btn btn-main" type="submit">{t::my_data_export(lang)}</button>
                                    </form>
                                    <form method="post" action="/fn/person/wish">
                                        <input type="hidden" name="kind" value="erase"/>
                                        <button class="btn" type="submit">{t::my_data_erase(lang)}</button>
                                    </form>
                                </div>
                            </div>
                            {(!asked.is_empty())
                                .then(|| {
                                    view! {
                                        <section>
                                            <h2>{t::my_data_asked(lang)}</h2>
                                            <ul class="stack">{asked}</ul>
                                        </section>
                                    }
                                })}
                        </div>
                    </Frame>
                }
            })
        },
    )
}

fn line(request: RequestView, lang: Lang) -> impl IntoView {
    let kind = if request.kind == "erase" { t::my_data_erase(lang) } else { t::my_data_export(lang) };
    let state = match request.state.as_str() {
        "done" => t::request_done(lang),
        "refused" => t::request_refused(lang),
        _ => t::request_open(lang),
    };
    let when = request.created_at.kst_date_time(lang);
    view! {
        <li class="card">
            <strong>{kind}</strong>
            " · "
            {state}
            <p class="small muted">{when}</p>
            {(!request.note.is_empty()).then(|| view! { <p>{request.note}</p> })}
        </li>
    }
}
