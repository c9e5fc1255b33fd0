//! What somebody of the staff may be. A person may hold several roles.

use crate::Lang;
use crate::messages;
use crate::state::words;
use serde::{Deserialize, Serialize};

/// One role. The words are those of `user_roles.role`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything, and the users.
    Owner,
    /// Orders, the manual desk, customer service.
    Operator,
    /// Prepares payouts, files and the reconciliation.
    FinanceMaker,
    /// Approves payouts.
    FinanceApprover,
    /// Goods, templates, campaigns up to their submission.
    Marketer,
    /// Approves campaigns.
    CampaignApprover,
    /// Notices, questions, brands, drafts of rates.
    Content,
    /// Reads everything masked, and the audit log.
    Auditor,
}

words!(Role, "role", {
    Owner => "owner",
    Operator => "operator",
    FinanceMaker => "finance_maker",
    FinanceApprover => "finance_approver",
    Marketer => "marketer",
    CampaignApprover => "campaign_approver",
    Content => "content",
    Auditor => "auditor",
});

messages! {
    fn owner() { ko: "소유자", en: "Owner" }
    fn operator() { ko: "운영", en: "Operator" }
    fn finance_maker() { ko: "정산 담당", en: "Finance maker" }
    fn finance_approver() { ko: "정산 승인", en: "Finance approver" }
    fn marketer() { ko: "마케팅", en: "Marketer" }
    fn campaign_approver() { ko: "캠페인 승인", en: "Campaign approver" }
    fn content() { ko: "콘텐츠", en: "Content" }
    fn auditor() { ko: "감사", en: "Auditor" }
}

impl Role {
    /// What people call it.
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Owner => owner(lang),
            Self::Operator => operator(lang),
            Self::FinanceMaker => finance_maker(lang),
            Self::FinanceApprover => finance_approver(lang),
            Self::Marketer => marketer(lang),
            Self::CampaignApprover => campaign_approver(lang),
            Self::Content => content(lang),
            Self::Auditor => auditor(lang),
        }
    }

    const fn bit(self) -> u16 {
        match self {
            Self::Owner => 1,
            Self::Operator => 1 << 1,
            Self::FinanceMaker => 1 << 2,
            Self::FinanceApprover => 1 << 3,
            Self::Marketer => 1 << 4,
            Self::CampaignApprover => 1 << 5,
            Self::Content => 1 << 6,
            Self::Auditor => 1 << 7,
        }
    }
}

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Roles(u16);

impl Roles {
    /// Nobody's.
    pub const NONE: Self = Self(0);

    /// These roles.
    pub const fn of(roles: &[Role]) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while at < roles.len() {
            bits |= roles[at].bit();
            at += 1;
        }
        Self(bits)
    }

    /// Is this one among them?
    pub const fn has(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }

    /// Is any of the others' among them?
    pub const fn any_of(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// None at all?
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// One by one, in the order of [`Role::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.iter().copied().filter(move |role| self.has(*role))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Self(roles.into_iter().fold(0, |bits, role| bits | role.bit()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in_and_nothing_else() {
        for one in Role::ALL {
            let set = Roles::of(&[*one]);
            assert_eq!(set.iter().collect::<Vec<_>>(), [*one]);
            for other in Role::ALL {
                assert_eq!(set.has(*other), one == other);
            }
        }
        let all: Roles = Role::ALL.iter().copied().collect();
        assert_eq!(all.iter().count(), Role::ALL.len());
        assert!(!Roles::NONE.any_of(all) && Roles::NONE.is_empty());
    }
}
