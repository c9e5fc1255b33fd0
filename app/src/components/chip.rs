//! A state in one word. Shape and word say it, colour only helps.

use super::{Glyph, Icon};
use domain::wire::ItemTone;
use leptos::prelude::*;

/// What a state asks of the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    /// Well.
    Good,
    /// In progress.
    Busy,
    /// Waits for you.
    You,
    /// Stopped.
    Bad,
    /// Not known yet.
    Unknown,
}

impl Tone {
    /// The class that colours it.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Good => "tone-good",
            Self::Busy => "tone-busy",
            Self::You => "tone-you",
            Self::Bad => "tone-bad",
            Self::Unknown => "tone-unknown",
        }
    }

    const fn glyph(self) -> Option<Glyph> {
        match self {
            Self::Plain => None,
            Self::Good => Some(Glyph::Check),
            Self::Busy => Some(Glyph::Clock),
            Self::You => Some(Glyph::Alert),
            Self::Bad => Some(Glyph::Cross),
            Self::Unknown => Some(Glyph::Question),
        }
    }
}

impl From<ItemTone> for Tone {
    fn from(tone: ItemTone) -> Self {
        match tone {
            ItemTone::Waiting => Self::Plain,
            ItemTone::Busy => Self::Busy,
            ItemTone::Good => Self::Good,
            ItemTone::Bad => Self::Bad,
            ItemTone::Unknown => Self::Unknown,
            ItemTone::Person => Self::You,
        }
    }
}

/// A state.
#[component]
pub fn Chip(tone: Tone, #[prop(into)] label: String) -> impl IntoView {
    view! {
        <span class=format!("chip {}", tone.class())>
            {tone.glyph().map(|glyph| view! { <Icon glyph/> })}
            {label}
        </span>
    }
}
