//! Bank answer codes (domain-facts §4.1 for Open Banking, §4.5 for codes of single banks).
//!
//! The same number means different things at different banks, so a bank's own table is looked at first.

/// What a bank's answer means for a payout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BankVerdict {
    /// The money moved.
    Paid,
    /// It may have moved, or the code is none we know: inquire, and never resend by guess.
    Unknown,
    /// Certainly not moved, and a person must look first: frozen, fraudulent or limited account, or our own account.
    Hold,
    /// Certainly not moved: the account can't be paid.
    Refuse,
    /// Turned away at the gate: nothing reached a bank.
    NotSent,
}

/// Reads an answer: `rsp_code` of the hub, then the receiving bank's own meaning of `bank_rsp_code`, then the common
/// one. `rsp_code` A0000 with `bank_rsp_code` 000 is the only success; what stands in no table is unknown.
pub fn bank_verdict(rsp_code: &str, bank_code: &str, bank_rsp_code: &str) -> BankVerdict {
    match (rsp_code, bank_rsp_code) {
        ("A0000", "000") => BankVerdict::Paid,
        // Still in work, timed out at the hub, or an answer that contradicts itself.
        ("A0001" | "A0007", _) | (_, "000") => BankVerdict::Unknown,
        // Access token refused: the hub didn't look at the transfer.
        ("O0002", "") => BankVerdict::NotSent,
        // Account number wrong; holder's name differs.
        ("A0021" | "A0312", "") => BankVerdict::Refuse,
        (_, code) => of_this_bank(bank_code, code).or_else(|| common(code)).unwrap_or(BankVerdict::Unknown),
    }
}

/// Codes that mean the same at every bank of the hub.
fn common(code: &str) -> Option<BankVerdict> {
    match code {
        // Being credited; hub error; timed out; message not sent on; transaction number repeated.
        "400" | "803" | "804" | "819" | "822" => Some(BankVerdict::Unknown),
        // No such account; closed; miscellaneous account; can't be processed; name differs.
        "412" | "415" | "416" | "499" | "815" => Some(BankVerdict::Refuse),
        // Reported stolen or fraudulent; suspended; seizure-protected. Our balance, our limits, our rights.
        "419" | "420" | "438" | "439" | "453" | "454" | "455" | "456" | "464" | "490" => Some(BankVerdict::Hold),
        _ => None,
    }
}

fn of_this_bank(bank: &str, code: &str) -> Option<BankVerdict> {
    let (unknown, hold, refuse): (&[&str], &[&str], &[&str]) = match bank {
        "002" => (&[], &["2018", "1003"], &["1001"]),
        "003" => (&["U430", "U602", "U726", "UKKK", "UTIM", "U311"], &[], &[]),
        "004" => (&["148", "7430"], &["140", "158", "172", "175"], &["7405"]),
        "007" => (&["H004", "H006", "H035", "H038", "H059"], &[], &[]),
        "011" | "012" => (&["430"], &[], &[]),
        "020" => (&["5430", "5972", "9418", "9428"], &[], &[]),
        "023" => (&["230", "403", "778"], &[], &[]),
        "032" => (&["9999", "T311", "T430", "T602", "T726"], &[], &["T405"]),
        "034" => (&["151"], &[], &[]),
        "035" => (&[], &["1003", "202"], &["1001"]),
        "037" => (&["145", "148", "151"], &[], &[]),
        "039" => (&["778", "S311", "S430", "S602"], &[], &["S405"]),
        "045" => (&["9999"], &["1003", "202"], &[]),
        "050" => (&["VTIM", "X311", "X430", "X602"], &[], &["X405"]),
        "064" => (&["170", "1311"], &[], &[]),
        "071" => (&[], &["Z682"], &[]),
        "081" => (&["U430", "U400"], &["1003", "202"], &["1001"]),
        "088" => (&["111", "890", "U962"], &["409", "U328"], &["405"]),
        "089" => (&["430", "A037", "A039", "A052"], &["1003", "202", "34"], &["405"]),
        "090" => (&["151", "999"], &[], &[]),
        "092" => (&["145", "148", "151"], &["433", "434"], &[]),
        "103" => (&["10", "E311", "E430", "E602"], &[], &[]),
        "209" => (&[], &["1003", "202"], &[]),
        _ => return None,
    };
    if unknown.contains(&code) {
        Some(BankVerdict::Unknown)
    } else if hold.contains(&code) {
        Some(BankVerdict::Hold)
    } else if refuse.contains(&code) {
        Some(BankVerdict::Refuse)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_counts_as_paid_by_one_pair_of_codes_only() {
        assert_eq!(bank_verdict("A0000", "088", "000"), BankVerdict::Paid);
        for (hub, bank) in
            [("A0000", ""), ("A0000", "00"), ("A0000", "0000"), ("A0001", "000"), ("", "000"), ("a0000", "000")]
        {
            assert_eq!(bank_verdict(hub, "088", bank), BankVerdict::Unknown, "{hub} {bank}");
        }
    }

    #[test]
    fn unclear_codes_are_inquired_after() {
        for code in ["400", "803", "804", "819", "822"] {
            assert_eq!(bank_verdict("A0000", "088", code), BankVerdict::Unknown);
        }
        assert_eq!(bank_verdict("A0001", "", ""), BankVerdict::Unknown);
        assert_eq!(bank_verdict("A0007", "088", "412"), BankVerdict::Unknown);
    }

    #[test]
    fn a_code_nobody_knows_is_unknown_and_not_a_no() {
        assert_eq!(bank_verdict("A9999", "088", "777"), BankVerdict::Unknown);
        assert_eq!(bank_verdict("", "", ""), BankVerdict::Unknown);
    }

    #[test]
    fn the_same_number_means_different_things_at_different_banks() {
        assert_eq!(bank_verdict("A0000", "090", "151"), BankVerdict::Unknown);
        assert_eq!(bank_verdict("A0000", "004", "140"), BankVerdict::Hold);
        assert_eq!(bank_verdict("A0000", "090", "140"), BankVerdict::Unknown);
        assert_eq!(bank_verdict("A0000", "071", "Z682"), BankVerdict::Hold);
        assert_eq!(bank_verdict("A0000", "004", "7405"), BankVerdict::Refuse);
    }

    #[test]
    fn certain_refusals_and_holds_are_told_apart() {
        for code in ["412", "415", "416", "499", "815"] {
            assert_eq!(bank_verdict("A0000", "020", code), BankVerdict::Refuse);
        }
        for code in ["419", "420", "453", "490"] {
            assert_eq!(bank_verdict("A0000", "020", code), BankVerdict::Hold);
        }
        assert_eq!(bank_verdict("O0002", "", ""), BankVerdict::NotSent);
        assert_eq!(bank_verdict("A0312", "", ""), BankVerdict::Refuse);
    }
}
