//! One set of outline icons, 20 px, drawn here; and our mark.

use leptos::prelude::*;

/// An icon of the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    Alert,
    Bank,
    Check,
    Chevron,
    Clock,
    Cross,
    Info,
    Lock,
    Mail,
    Minus,
    Moon,
    Phone,
    Plus,
    Question,
    Receipt,
    Right,
    Stop,
    Sun,
    Talk,
}

impl Glyph {
    /// All of them, for the style guide.
    pub const ALL: [Self; 19] = [
        Self::Alert,
        Self::Bank,
        Self::Check,
        Self::Chevron,
        Self::Clock,
        Self::Cross,
        Self::Info,
        Self::Lock,
        Self::Mail,
        Self::Minus,
        Self::Moon,
        Self::Phone,
        Self::Plus,
        Self::Question,
        Self::Receipt,
        Self::Right,
        Self::Stop,
        Self::Sun,
        Self::Talk,
    ];

    const fn path(self) -> &'static str {
        match self {
            Self::Alert => "M10 3 18 17H2zM10 8v4M10 14.6v.1",
            Self::Bank => "M3 8 10 3.5 17 8zM5 8v6.5M10 8v6.5M15 8v6.5M3 16.5h14",
            Self::Check => "m4 10.5 4 4 8-9",
            Self::Chevron => "m5 8 5 5 5-5",
            Self::Clock => "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15M10 6v4.2l2.8 1.8",
            Self::Cross => "m5 5 10 10M15 5 5 15",
            Self::Info => "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15M10 9.2v4.3M10 6.4v.1",
            Self::Lock => "M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9",
            Self::Mail => "M3 5h14v10.5H3zM3 6l7 5 7-5",
            Self::Minus => "M4.5 10h11",
            Self::Moon => "M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3",
            Self::Phone => {
                "M6.5 3 8 6.6 6.3 8.2c.9 2.2 3.3 4.6 5.5 5.5l1.6-1.7L17 13.5V16c0 .6-.4 1-1 1C9 17 3 11 3 4c0-.6.4-1 1-1z"
            }
            Self::Plus => "M4.5 10h11M10 4.5v11",
            Self::Question => {
                "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15M7.9 7.8a2.1 2.1 0 1 1 3 2c-.6.3-.9.7-.9 1.4M10 13.6v.1"
            }
            Self::Receipt => "M5 2.5h10v15l-2.5-1.5L10 17.5 7.5 16 5 17.5zM8 7h4M8 10.5h4",
            Self::Right => "m8 5 5 5-5 5",
            Self::Stop => "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15M6.5 10h7",
            Self::Sun => {
                "M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M10 1.8v1.5M10 16.7v1.5M18.2 10h-1.5M3.3 10H1.8M15.8 4.2l-1 1M5.2 14.8l-1 1M15.8 15.8l-1-1M5.2 5.2l-1-1"
            }
            Self::Talk => "M3 4.5h14v9.5H9l-3.5 3v-3H3z",
        }
    }
}

/// An outline icon; decoration, so the words beside it must say the same.
#[component]
pub fn Icon(glyph: Glyph, #[prop(default = "icon")] class: &'static str) -> impl IntoView {
    view! {
        <svg class=class viewBox="0 0 20 20" aria-hidden="true">
            <path d=glyph.path()></path>
        </svg>
    }
}

/// Our mark: a voucher's notch and a tick.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg viewBox="0 0 32 32" aria-hidden="true">
            <path
                class="logo-body"
                d="M6 6h20a3 3 0 0 1 3 3v3.7a3.4 3.4 0 0 0 0 6.6V23a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3v-3.7a3.4 3.4 0 0 0 0-6.6V9a3 3 0 0 1 3-3z"
            ></path>
            <path
                class="logo-tick"
                d="m10.5 16.3 3.9 3.9 7.3-8"
                stroke-width="2.8"
                stroke-linecap="round"
                stroke-linejoin="round"
            ></path>
        </svg>
    }
}
