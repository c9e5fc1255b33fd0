//! What was done, in words: the one table of every action a line of the log may name.

use domain::Lang;

/// The action, in Korean and in English; by name. The log keeps the action, so that words may change.
const ACTIONS: &[(&str, &str, &str)] = &[
    ("audit.export", "감사 로그 파일로 받음", "exported the audit log"),
    ("audit.verify", "고리 전체 확인 시작", "had the whole chain checked"),
    ("block.add", "차단 등록", "added a block"),
    ("block.end", "차단 종료일 바꿈", "changed a block’s end"),
    ("block.lift", "차단 해제", "lifted a block"),
    ("brand.move", "브랜드 순서 바꿈", "moved a brand"),
    ("brand.publish", "브랜드 게시", "published a brand"),
    ("brand.status", "브랜드 상태 바꿈", "changed a brand’s state"),
    ("customer.answer", "고객 요청에 답함", "answered a customer’s request"),
    ("customer.erase", "고객 정보 지움", "erased a customer"),
    ("customer.export", "고객 정보 파일로 받음", "exported a customer’s data"),
    ("customer.find", "고객 찾음", "looked a customer up"),
    ("customer.hold", "고객 정보 보존 걺", "put a legal hold on a customer"),
    ("customer.lift_hold", "고객 정보 보존 풂", "lifted a legal hold"),
    ("customer.open", "고객 화면 열람", "opened a customer’s page"),
    ("document.publish", "약관 게시", "published a document"),
    ("draft.begin", "초안 씀", "began a draft"),
    ("draft.change", "초안 고침", "changed a draft"),
    ("draft.rebase", "초안을 새 판에 맞춤", "brought a draft up to date"),
    ("draft.withdraw", "초안 버림", "withdrew a draft"),
    ("export.cancel", "내보내기 그만둠", "gave an export up"),
    ("export.fetch", "내보낸 파일 받음", "fetched an export"),
    ("export.request", "내보내기 요청", "asked for an export"),
    ("fees.publish", "수수료 게시", "published fees"),
    ("inquiry.open", "문의 열람", "opened an inquiry"),
    ("inquiry.settle", "문의 처리", "settled an inquiry"),
    ("item.reject", "상품권 거절", "turned a voucher down"),
    ("jobs.pause", "작업 줄 멈춤", "stopped a lane"),
    ("jobs.reopen", "멈춘 일 다시 시도", "woke a row in review"),
    ("jobs.reopen_code", "같은 코드의 멈춘 일 모두 다시 시도", "woke all rows with a code"),
    ("jobs.resume", "작업 줄 다시 돌림", "let a lane go on"),
    ("keys.pause", "키 교체 멈춤", "paused a key rotation"),
    ("keys.resume", "키 교체 다시 시작", "resumed a key rotation"),
    ("keys.retire", "키 폐기", "retired a key"),
    ("keys.rotate", "키 교체 시작", "began a key rotation"),
    ("manual.claim", "수동 검증 맡음", "took it at the manual desk"),
    ("manual.give_back", "수동 검증 내려놓음", "gave it back"),
    ("manual.key", "수동 검증 결과 입력", "keyed a result"),
    ("message.resend", "문자 다시 보내기", "sent a message again"),
    ("notice.add", "글 새로 씀", "wrote a text"),
    ("notice.change", "글 고침", "changed a text"),
    ("notice.move", "글 순서 바꿈", "moved a text"),
    ("notice.publish", "글 게시", "published a text"),
    ("notice.unpublish", "글 내림", "took a text down"),
    ("order.hold", "주문 보류", "held the order"),
    ("order.note", "메모", "wrote a note"),
    ("order.open", "주문 열람", "opened the order"),
    ("order.release", "보류 해제", "released the order"),
    ("orders.find", "주문 검색", "searched for an order"),
    ("password.change", "비밀번호 바꿈", "changed their password"),
    ("password.chosen", "링크로 비밀번호 정함", "chose a password by a link"),
    ("privacy.review", "개인정보 열람 기록 점검", "reviewed a month of views"),
    ("proof.add", "증빙 올림", "uploaded a proof"),
    ("proof.open", "증빙 열람", "opened a proof"),
    ("rates.publish", "시세 게시", "published rates"),
    ("recovery_codes.new", "복구 코드 새로 만듦", "made new recovery codes"),
    ("reveal.person", "개인정보 열람", "revealed personal data"),
    ("reveal.pin", "번호 열람", "revealed a number"),
    ("risk.case", "위험 심사 주문 열람", "opened a risk case"),
    ("risk.draft", "위험 규칙 초안 씀", "drafted risk rules"),
    ("risk.hold", "위험 심사에서 보류", "held it at the risk desk"),
    ("risk.publish", "위험 규칙 적용", "put risk rules in force"),
    ("risk.release", "위험 심사에서 해제", "released it at the risk desk"),
    ("risk.withdraw", "위험 규칙 초안 버림", "withdrew a draft of risk rules"),
    ("second_factor.set_up", "2단계 인증 등록", "set up a second factor"),
    ("session.end", "다른 기기 로그아웃", "ended a session"),
    ("session.end_others", "다른 모든 기기 로그아웃", "ended all other sessions"),
    ("settings.set", "설정 바꿈", "changed a setting"),
    ("sign_in.done", "로그인", "signed in"),
    ("sign_in.left", "로그아웃", "signed out"),
    ("sign_in.wrong", "로그인 실패", "failed to sign in"),
    ("sign_in.wrong_code", "로그인 코드 틀림", "gave a wrong sign-in code"),
    ("step_up.done", "다시 인증함", "confirmed who they are"),
    ("step_up.wrong", "다시 인증 실패", "failed to confirm who they are"),
    ("user.disable", "계정 막음", "disabled an account"),
    ("user.enable", "계정 다시 엶", "enabled an account"),
    ("user.end_sessions", "계정의 모든 기기 로그아웃", "ended an account’s sessions"),
    ("user.invite", "사용자 초대", "invited somebody"),
    ("user.link", "비밀번호 링크 만듦", "made a password link"),
    ("user.roles", "역할 바꿈", "changed roles"),
    ("work.reopen", "작업 다시 시도", "had work tried again"),
];

/// An action in words; one that nobody knows any more stands as it was written.
pub(in crate::desk) fn action_word(action: &str, lang: Lang) -> &str {
    let known = ACTIONS.binary_search_by(|(name, ..)| (*name).cmp(action)).ok().and_then(|at| ACTIONS.get(at));
    known.map_or(action, |(_, ko, en)| lang.pick(ko, en))
}

/// The action of these words, as the table says them in either language.
pub(in crate::desk) fn action_of(words: &str) -> Option<&'static str> {
    ACTIONS.iter().find(|(_, ko, en)| *ko == words || en.eq_ignore_ascii_case(words)).map(|(action, ..)| *action)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    /// What looks like an action in the sources of the desk and is none: keys of the configuration and of a brand's
    /// form, a login, a file.
    const OTHERS: &[&str] = &[
        "form_json_tests.rs",
        "free.max",
        "free.min",
        "free.step",
        "minji.kim",
        "sandbox.enabled",
        "shop.auto_payout_limit",
        "shop.callback_number",
        "shop.max_inquiries",
        "site.public_url",
        "work.lease",
    ];

    fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if !path.ends_with("audit/words.rs") && !path.to_string_lossy().ends_with("_tests.rs") {
                found.push(path);
            }
        }
    }

    /// `order.hold`: words of small letters with points between.
    fn dotted(text: &str) -> bool {
        let word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        text.contains('.') && text.split('.').all(word)
    }

    /// What stands between quotation marks.
    fn quoted(source: &str) -> impl Iterator<Item = &str> {
        source.lines().flat_map(|line| line.split('"').skip(1).step_by(2))
    }

    #[test]
    fn every_action_the_desk_leaves_in_the_log_has_words() {
        let mut files = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/desk"), &mut files);
        let texts: Vec<String> = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
        let used: BTreeSet<&str> = texts.iter().flat_map(|text| quoted(text)).filter(|text| dotted(text)).collect();
        let known: BTreeSet<&str> = ACTIONS.iter().map(|(action, ..)| *action).collect();
        let others: BTreeSet<&str> = OTHERS.iter().copied().collect();
        assert_eq!(used, known.union(&others).copied().collect(), "each has words or is none, and none is left over");
    }

    #[test]
    fn lines_of_the_log_are_written_by_the_desk_alone() {
        // What is written elsewhere would escape the walk above.
        let mut files = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
        let writes = |text: &str| text.contains(".audit(AuditKind") || text.contains("viewed(services");
        for file in files {
            let inside = file.components().any(|part| part.as_os_str() == "desk");
            assert!(inside || !writes(&std::fs::read_to_string(&file).unwrap()), "{}", file.display());
        }
    }

    #[test]
    fn actions_stand_in_order_and_say_something_in_both_languages() {
        assert!(ACTIONS.is_sorted_by(|(one, ..), (next, ..)| one < next));
        for (action, ko, en) in ACTIONS {
            assert!(dotted(action) && !ko.is_empty() && !en.is_empty(), "{action}");
            assert_eq!((action_word(action, Lang::Ko), action_word(action, Lang::En)), (*ko, *en));
        }
        assert_eq!(action_word("order.long_gone", Lang::Ko), "order.long_gone");
    }
}
