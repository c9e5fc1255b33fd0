//! One order: facts, vouchers, payout, messages, open work, and one timeline of everything that happened.

mod acts;
mod facts;
mod parts;
mod revealed;
mod story;

pub use acts::Reveal;
pub use revealed::{Revealed, RevealedPage};

use super::{Desk, Place, desk};
use crate::components::{Banner, Chip, Tone};
use crate::text as t;
use acts::{Hold, Note, Release};
use domain::Lang;
use domain::wire::AppError;
use domain::wire::desk::OrderDeskView;
use facts::Facts;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use parts::{Items, Messages, PayoutPanel, Works};
use services::desk::order;
use story::Story;

/// The code in the address.
pub(super) fn code() -> String {
    use_params_map().with_untracked(|params| params.get("code")).unwrap_or_default()
}

/// `/desk/orders/:code`
#[component]
pub fn OrderDeskPage() -> impl IntoView {
    let code = code();
    desk(
        move |cx| async move {
            let view = order::open(&cx.services, &cx.actor, &code).await.map_err(|error| cx.refuse(error))?;
            Ok::<_, AppError>((view, cx.lang()))
        },
        |(view, lang): (OrderDeskView, Lang)| {
            let title = t::od_title(lang, &view.code);
            let (chip, tone) = (view.state.clone(), Tone::from(view.tone));
            let held = view.held.clone();
            let case = format!("/desk/risk/cases/{}", view.code);
            view! {
                <Desk title here=Place::Orders wide=true aside=Box::new(move || view! { <Chip tone label=chip/> }.into_any())>
                    <div data-live="" id="order-page">
                        {held
                            .map(|held| {
                                view! {
                                    <Banner tone=Tone::You title=t::od_held_title(lang, &held.word)>
                                        <p>{t::od_held_from(lang, &held.from)}</p>
                                        {(!held.then.is_empty()).then(|| view! { <p>{held.then}</p> })}
                                        {held
                                            .by_risk
                                            .then(|| {
                                                view! { <p><a href=case>{t::od_held_risk(lang)}</a></p> }
                                            })}
                                    </Banner>
                                }
                            })}
                        <div class="inline-forms order-acts">
                            <Hold view=view.clone() lang/>
                            <Release view=view.clone() lang/>
                        </div>
                        <div class="panes order-panes">
                            <div>
                                <Items view=view.clone() lang/>
                                <Story view=view.clone() lang/>
                            </div>
                            <div>
                                <Facts view=view.clone() lang/>
                                <PayoutPanel view=view.clone() lang/>
                                <Messages view=view.clone() lang/>
                                <Works view=view.clone() lang/>
                            </div>
                        </div>
                    </div>
                    <Note code=view.code lang/>
                </Desk>
            }
        },
    )
}
