//! `/styleguide`: every piece in every state, in development only.

use super::styleguide_samples as samples;
use crate::components::{
    Amount, AmountSize, Answer, Banner, Check, Chip, Choice, Empty, ErrorList, Fold, Glyph, Icon, Logo, Section,
    SelectField, TextField, Tile, Timeline, Tone, Trouble,
};
use crate::islands::{OrderLive, SellFlow};
use crate::pages::Frame;
use crate::pages::problem::NotFound;
use crate::ssr::{Development, lang};
use crate::text as t;
use domain::wire::{AppError, FeeTable, FieldError, SellStep};
use domain::{Lang, Won};
use leptos::prelude::*;

/// The page; a missing one outside development.
#[component]
pub fn StyleguidePage() -> impl IntoView {
    if !use_context::<Development>().is_some_and(|development| development.0) {
        return view! { <NotFound/> }.into_any();
    }
    let lang = lang();
    view! {
        <Frame title=t::styleguide_title(lang) private=true>
            <div class="col main">
                <h1 class="page-title">{t::styleguide_title(lang)}</h1>
                {figures(lang)}
                {states(lang)}
                {fields(lang)}
                {lists(lang)}
            </div>
            <div class="specimen">
                <SellFlow
                    view=samples::sale(SellStep::Quote)
                    step=SellStep::Vouchers
                    fees=FeeTable { instant: Won::whole(500), next_morning: Won::ZERO }
                    brand=Some("cultureland".to_owned())
                    edit=None
                    trouble=None
                    lang
                />
            </div>
            <div class="col main specimen"><OrderLive view=samples::order(lang) trouble=None lang/></div>
        </Frame>
    }
    .into_any()
}

fn figures(lang: Lang) -> impl IntoView {
    let won = Won::whole(1_234_500);
    view! {
        <Section id="figures" title="Figures">
            <div class="card stack">
                <Amount won lang size=AmountSize::Huge/>
                <Amount won lang size=AmountSize::Large/>
                <Amount won lang/>
                <p class="picks">
                    <span class="brandmark"><Logo/></span>
                    {Glyph::ALL.map(|glyph| view! { <Icon glyph/> }).collect_view()}
                </p>
                <p class="picks">
                    <button class="btn btn-main" type="button">{t::submit(lang)}</button>
                    <button class="btn" type="button">{t::row_save(lang)}</button>
                    <button class="btn btn-danger" type="button">{t::order_cancel(lang)}</button>
                    <button class="btn btn-plain" type="button">{t::row_remove(lang)}</button>
                    <button class="btn btn-main" type="button" disabled=true>{t::submit(lang)}</button>
                    <button class="btn btn-main" type="button" aria-busy="true">{t::submitting(lang)}</button>
                </p>
            </div>
        </Section>
    }
}

fn states(lang: Lang) -> impl IntoView {
    let tones = [
        (Tone::Plain, "대기"),
        (Tone::Good, "정상"),
        (Tone::Busy, "진행 중"),
        (Tone::You, "확인해 주세요"),
        (Tone::Bad, "사용됨"),
        (Tone::Unknown, "확인 필요"),
    ];
    let errors = vec![FieldError {
        field: "sample".to_owned(),
        code: "x".to_owned(),
        message: "번호를 다시 확인해 주세요.".to_owned(),
    }];
    view! {
        <Section id="states" title="States">
            <div class="stack">
                <p class="picks">{tones.map(|(tone, label)| view! { <Chip tone label/> }).collect_view()}</p>
                {tones.map(|(tone, title)| view! { <Banner tone title><p>"3장 중 2장 정상, 1장은 이미 사용됐어요."</p></Banner> }).collect_view()}
                <ErrorList errors lang/>
                <Trouble error=AppError::Internal { reference: "9f3a01bc".to_owned() } lang/>
                <Answer href="/sell" key="상품권" value="3장 · 150,000원" lang/>
            </div>
        </Section>
    }
}

fn fields(lang: Lang) -> impl IntoView {
    let choices = vec![Choice::new("", t::you_bank_none(lang)), Choice::new("088", "신한은행")];
    let wrong = Some("번호를 다시 확인해 주세요.".to_owned());
    view! {
        <Section id="fields" title="Fields">
            <div class="card stack">
                <TextField id="s1" name="s1" label=t::you_name(lang) value="홍길동" help=t::you_name_help(lang)/>
                <TextField id="sample" name="s2" label=t::row_pin(lang) value="4180123456789012" pin=true error=wrong.clone()/>
                <SelectField id="s3" name="s3" label=t::you_bank(lang) value="088" choices/>
                <Check id="s4" name="s4" value="1" checked=true label="이용약관" tag=t::you_required(lang) error=wrong/>
            </div>
        </Section>
    }
}

fn lists(lang: Lang) -> impl IntoView {
    view! {
        <Section id="lists" title="Lists">
            <div class="stack">
                <ul class="tiles">{samples::tiles().into_iter().map(|tile| view! { <li><Tile tile lang/></li> }).collect_view()}</ul>
                <div class="card"><Timeline steps=samples::order(lang).steps lang/></div>
                <div class="card card-tight"><Fold title="언제 입금되나요?"><p>"검증이 끝나면 바로 입금해요."</p></Fold></div>
                <div class="card"><Empty glyph=Glyph::Receipt title=t::rows_empty(lang) help=t::rows_empty_help(lang)/></div>
            </div>
        </Section>
    }
}
