//! Who may do what: the one table.
//!
//! A use case of the desk begins by asking here, with the act it is. What the table doesn't allow answers like what
//! doesn't exist ([`ServiceError::NotFound`]): a page of another role is no page. Rules about the object (its author is
//! not its approver) stand in the use case, where the object is known, and hold for every role.

use crate::{Actor, ServiceError, Staff};
use domain::Role::{
    self, Auditor, CampaignApprover, Content, FinanceApprover, FinanceMaker, Marketer, Operator, Owner,
};
use domain::{Roles, Span, Timestamp};

/// How long a shown second factor counts for acts that need a fresh one.
pub const STEP_UP_VALID: Span = Span::minutes(10);

macro_rules! rights {
    ($($(#[$about:meta])* $act:ident = $word:literal: [$($role:expr),* $(,)?] $(+ $need:ident)*;)+) => {
        /// One thing staff may do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Act { $($(#[$about])* $act),+ }

        impl Act {
            /// Every act, in the table's order.
            pub const ALL: &'static [Self] = &[$(Self::$act),+];

            /// Stable word, for logs and the rights' page.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$act => $word),+ }
            }

            /// The table's line.
            pub const fn right(self) -> Right {
                match self {
                    $(Self::$act => Right { roles: Roles::of(&[$($role),*]), step_up: false $(|| needs::$need)* }),+
                }
            }
        }
    };
}

/// Conditions beside the role.
mod needs {
    /// A second factor shown a short while ago.
    pub const STEP_UP: bool = true;
}

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Right {
    /// Any of these roles.
    pub roles: Roles,
    /// The second factor must have been shown within [`STEP_UP_VALID`].
    pub step_up: bool,
}

rights! {
    /// The desk's frame, own sessions, own password and second factor.
    Desk = "desk": [Owner, Operator, FinanceMaker, FinanceApprover, Marketer, CampaignApprover, Content, Auditor];
    /// One's own password and recovery codes.
    OwnPassword = "own.password": [Owner, Operator, FinanceMaker, FinanceApprover, Marketer, CampaignApprover, Content, Auditor] + STEP_UP;
    /// Today's figures.
    Dashboard = "dashboard": [Owner, Operator, FinanceMaker, FinanceApprover, Content, Auditor];

    /// List and search orders, masked.
    OrdersRead = "orders.read": [Owner, Operator, FinanceMaker, FinanceApprover, Auditor];
    /// Export the list, masked.
    OrdersExport = "orders.export": [Owner, Operator, FinanceMaker, Auditor];
    /// Export with names, phones and accounts in clear.
    OrdersExportClear = "orders.export_clear": [Owner] + STEP_UP;
    /// One order with everything that happened to it, masked.
    OrderOpen = "order.open": [Owner, Operator, FinanceMaker, FinanceApprover, Auditor];
    /// Write a note on an order.
    OrderNote = "order.note": [Owner, Operator, FinanceMaker];
    /// Stop an order, or let it go on.
    OrderHold = "order.hold": [Owner, Operator];
    /// Turn a voucher down.
    ItemReject = "item.reject": [Owner, Operator];
    /// Let failed work of an order be tried again.
    ItemReopen = "item.reopen": [Owner, Operator];
    /// See a voucher's number for half a minute.
    RevealPin = "reveal.pin": [Owner, Operator] + STEP_UP;
    /// See a customer's name, phone or account for half a minute.
    RevealPerson = "reveal.person": [Owner, Operator, FinanceMaker] + STEP_UP;
    /// Send a message of an order once more.
    MessageResend = "message.resend": [Owner, Operator];
    /// The manual verification desk: take, key, give back.
    ManualDesk = "manual.desk": [Owner, Operator];

    /// Flagged and held orders and what they have in common.
    RiskRead = "risk.read": [Owner, Operator, FinanceApprover, Auditor];
    /// Release what risk rules stopped.
    RiskRelease = "risk.release": [Owner, Operator] + STEP_UP;
    /// Draft rules and limits.
    RiskDraft = "risk.draft": [Owner, Operator];
    /// Put another person's draft of rules to work.
    RiskPublish = "risk.publish": [Owner] + STEP_UP;
    /// Block a phone, an account, a device or an address, and lift it.
    BlockList = "risk.block": [Owner, Operator];

    /// Brands, forms and rates as they are.
    CatalogueRead = "catalogue.read": [Owner, Operator, FinanceMaker, FinanceApprover, Content, Auditor];
    /// Draft brands, forms, texts and rates.
    CatalogueDraft = "catalogue.draft": [Owner, Content];
    /// Put another person's draft to work.
    CataloguePublish = "catalogue.publish": [Owner, FinanceApprover] + STEP_UP;
    /// Stop or resume a brand at once.
    BrandStop = "catalogue.stop": [Owner, Operator, Content];

    /// Notices, questions and texts as they are.
    ContentRead = "content.read": [Owner, Operator, Content, Auditor];
    /// Write and publish notices and questions.
    ContentWrite = "content.write": [Owner, Content];
    /// New versions of terms and consents.
    DocumentsWrite = "documents.write": [Owner, Content];
    /// Put another person's version of terms or consents in force.
    DocumentsPublish = "documents.publish": [Owner] + STEP_UP;
    /// Inquiries of customers.
    Inquiries = "inquiries": [Owner, Operator];

    /// A person's page: orders and consents, masked.
    CustomerOpen = "customer.open": [Owner, Operator, Auditor];
    /// A person's data as a file.
    CustomerExport = "customer.export": [Owner] + STEP_UP;
    /// Erase a person, or keep them from being erased.
    CustomerErase = "customer.erase": [Owner] + STEP_UP;
    /// Who read whose data, month by month.
    PrivacyReview = "privacy.review": [Owner, Auditor];

    /// The audit log and its chain.
    AuditRead = "audit.read": [Owner, Auditor];
    /// The audit log as a file.
    AuditExport = "audit.export": [Owner, Auditor];

    /// Accounts, roles and sessions.
    UsersRead = "users.read": [Owner, Auditor];
    /// Invite, change roles, disable, end sessions.
    UsersWrite = "users.write": [Owner] + STEP_UP;

    /// Keys and how far a rotation is.
    KeysRead = "keys.read": [Owner, Auditor];
    /// Begin a rotation.
    KeysRotate = "keys.rotate": [Owner] + STEP_UP;
    /// Lanes, ages and failures.
    JobsRead = "jobs.read": [Owner, Operator, Auditor];
    /// Try again, pause and resume.
    JobsAct = "jobs.act": [Owner] + STEP_UP;
    /// Partners and parts of the system.
    HealthRead = "health.read": [Owner, Operator, FinanceMaker, FinanceApprover, Auditor];
    /// Settings as they are.
    SettingsRead = "settings.read": [Owner, Auditor];
    /// Change settings.
    SettingsWrite = "settings.write": [Owner] + STEP_UP;
}

/// May these roles do it, second factor aside?
pub fn allows(roles: Roles, act: Act) -> bool {
    roles.any_of(act.right().roles)
}

/// May this person do it, second factor aside? For what a page shows.
pub fn may(staff: &Staff, act: Act) -> bool {
    allows(staff.roles, act)
}

/// Was the second factor shown recently?
pub fn is_fresh(step_up_at: Option<Timestamp>, now: Timestamp) -> bool {
    step_up_at.is_some_and(|at| now.since(at) <= STEP_UP_VALID)
}

/// The member of staff who may do this, for reading.
///
/// Errors: [`ServiceError::NotFound`] for everybody else.
pub fn staff(actor: &Actor, act: Act) -> Result<&Staff, ServiceError> {
    match actor {
        Actor::Staff(staff) if may(staff, act) => Ok(staff),
        _ => Err(ServiceError::NotFound),
    }
}

/// Everybody the table gives an act to, for the rights' page.
pub fn roles_of(act: Act) -> impl Iterator<Item = Role> {
    act.right().roles.iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_may_do_everything_and_nobody_without_a_role_anything() {
        for act in Act::ALL {
            assert!(allows(Roles::of(&[Owner]), *act), "{act:?}");
            assert!(!allows(Roles::NONE, *act), "{act:?}");
        }
    }

    #[test]
    fn an_auditor_changes_nothing_but_their_own_password() {
        use Act as A;
        let read = [
            A::Desk,
            A::OwnPassword,
            A::Dashboard,
            A::OrdersRead,
            A::OrdersExport,
            A::OrderOpen,
            A::RiskRead,
            A::CatalogueRead,
            A::ContentRead,
            A::CustomerOpen,
            A::PrivacyReview,
            A::AuditRead,
            A::AuditExport,
            A::UsersRead,
            A::KeysRead,
            A::JobsRead,
            A::HealthRead,
            A::SettingsRead,
        ];
        for act in Act::ALL {
            assert_eq!(allows(Roles::of(&[Auditor]), *act), read.contains(act), "{act:?}");
        }
    }

    #[test]
    fn a_second_factor_counts_for_ten_minutes() {
        let now = Timestamp::from_micros(1_000_000_000_000);
        assert!(!is_fresh(None, now));
        assert!(is_fresh(Some(now.minus(STEP_UP_VALID)), now));
        assert!(!is_fresh(Some(now.minus(STEP_UP_VALID).minus(Span::micros(1))), now));
    }

    #[test]
    fn acts_have_words_of_their_own() {
        let words: std::collections::BTreeSet<_> = Act::ALL.iter().map(|act| act.as_str()).collect();
        assert_eq!(words.len(), Act::ALL.len());
    }
}
