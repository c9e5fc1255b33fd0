use crate::components::TextField;
use crate::desk::{Flash, may};
use crate::pages::admin::{AskedForm, Desk, DeskTime, Place, asked_id, desk};
use crate::text as t;
use domain::wire::desk::{FixedLine, SettingLine, SettingsView};
use domain::{Lang, Timestamp};
use leptos::prelude::*;
use services::desk::settings;
use services::rights::Act;

const FORM: &str = "settings/set";

/// `/desk/settings`
#[component]
pub fn SettingsPage() -> impl IntoView {
    desk(
        |cx| async move {
            let found = settings::settings(&cx.services, &cx.actor).await.map_err(|error| cx.refuse(error))?;
            Ok((found, cx.lang()))
        },
        |(found, lang)| {
            let SettingsView { lines, fixed, now } = found;
            let rows = lines.into_iter().map(|line| row(&line, now, lang)).collect_view();
            let fixed = fixed.into_iter().map(|line| fixed_row(line, lang)).collect_view();
            view! {
                <Desk title=t::place_settings(lang) here=Place::Settings wide=true>
                    <p class="lead">{t::settings_lead(lang)}</p>
                    <div class="table-wrap">
                        <table class="table cards" data-rows="">
                            <thead>
                                <tr>
                                    <th scope="col">{t::settings_what(lang)}</th>
                                    <th scope="col">{t::settings_value(lang)}</th>
                                    <th scope="col">{t::settings_bounds(lang)}</th>
                                    <th scope="col">{t::settings_effect(lang)}</th>
                                    <th scope="col">{t::settings_last(lang)}</th>
                                    <th scope="col"><span class="unseen">{t::settings_change(lang)}</span></th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                    <section class="section">
                        <h2>{t::settings_fixed(lang)}</h2>
                        <p class="small muted">{t::settings_fixed_lead(lang)}</p>
                        <div class="table-wrap">
                            <table class="table cards" data-rows="">
                                <thead>
                                    <tr>
                                        <th scope="col">{t::settings_what(lang)}</th>
                                        <th scope="col">{t::settings_value(lang)}</th>
                                        <th scope="col">{t::settings_key(lang)}</th>
                                    </tr>
                                </thead>
                                <tbody>{fixed}</tbody>
                            </table>
                        </div>
                    </section>
                </Desk>
            }
        },
    )
}

fn row(line: &SettingLine, now: Timestamp, lang: Lang) -> impl IntoView + use<> {
    let setting = line.setting;
    let value =
        lang.pick(format!("{}{}", line.value, setting.unit(lang)), format!("{} {}", line.value, setting.unit(lang)));
    let change = may(Act::SettingsWrite).then(|| change(line, &value, lang));
    let last = match line.changed_at {
        Some(at) => {
            let by = line.changed_by.clone().unwrap_or_default();
            view! { <DeskTime at=at now lang/> " " <span class="small muted">{by}</span> }.into_any()
        }
        None => view! { <span class="muted">{t::settings_never(lang)}</span> }.into_any(),
    };
    view! {
        <tr>
            <td data-label=t::settings_what(lang)><strong>{setting.name(lang)}</strong></td>
            <td data-label=t::settings_value(lang)>{value}</td>
            <td data-label=t::settings_bounds(lang)>
                {t::settings_bounds_of(lang, line.least, line.most, line.before)}
            </td>
            <td class="cell-long" data-label=t::settings_effect(lang)>{setting.effect(lang)}</td>
            <td data-label=t::settings_last(lang)>{last}</td>
            <td class="acts">{change}</td>
        </tr>
    }
}

fn change(line: &SettingLine, value: &str, lang: Lang) -> impl IntoView + use<> {
    let setting = line.setting;
    let flash = Flash::here();
    let own = flash.is_of(FORM, setting.as_str());
    let typed = flash.value(FORM, "value").filter(|_| own).unwrap_or_else(|| line.value.to_string());
    let wrong = flash.wrong(FORM, "value").filter(|_| own);
    let fields = vec![("setting", setting.to_string()), ("revision", line.revision.to_string())];
    let bounds = t::settings_bounds_of(lang, line.least, line.most, line.before);
    let question = t::settings_question(lang, setting.name(lang), value);
    view! {
        <AskedForm form=FORM row=setting.as_str() label=t::settings_change(lang) question fields lang>
            <TextField
                id=format!("{}-value", asked_id(FORM, setting.as_str()))
                name="value"
                label=format!("{} ({})", t::settings_new(lang), setting.unit(lang))
                help=bounds
                value=typed
                error=wrong
                inputmode="numeric"
                maxlength=8
                required=true
            />
        </AskedForm>
    }
}

fn fixed_row(line: FixedLine, lang: Lang) -> impl IntoView {
    view! {
        <tr>
            <td data-label=t::settings_what(lang)><strong>{line.name}</strong></td>
            <td data-label=t::settings_value(lang)>{line.value}</td>
            <td data-label=t::settings_key(lang)><code>{line.key}</code></td>
        </tr>
    }
}
