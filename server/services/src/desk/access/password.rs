//! Passwords: what is taken, how it is hashed, and how many at once.
//!
//! Rules after ASVS 5.0 V6.2: at least twelve characters, no recipe of character kinds, nothing that a guesser's list or
//! the person's own words give away (zxcvbn's lists and patterns), pasting and any character allowed, never cut.
//! Argon2id takes 19 MiB and tens of milliseconds, so hashing runs off the async threads, a few at a time, and a queue
//! that is full says so at once instead of growing.

use crate::ServiceError;
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use domain::Lang;
use domain::secret::Secret;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization as _;

/// Fewest characters.
pub const SHORTEST: usize = 12;
/// Most characters: more is no password but an attempt to keep us busy.
pub const LONGEST: usize = 256;
/// Fewest characters beside the person's own words and ours.
const LEAST_OF_ITS_OWN: usize = 8;
/// So many may wait for their turn to be hashed.
const MOST_WAITING: usize = 24;
/// The name of the product and its words give nothing.
const OUR_WORDS: [&str; 6] = ["pindesk", "핀데스크", "voucher", "desk", "상품권", "매입"];
/// Neither do the words of Korean lists of leaked passwords; the estimator's lists are English.
const COMMON_WORDS: [&str; 16] = [
    "비밀번호",
    "안녕하세요",
    "대한민국",
    "사랑합니다",
    "감사합니다",
    "사랑해요",
    "사랑해",
    "행복하자",
    "우리나라",
    "한국사람",
    "관리자",
    "부자되자",
    "화이팅",
    "아이디",
    "암호",
    "로그인",
];

/// Why a new password isn't taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordProblem {
    TooShort,
    TooLong,
    /// A guesser would find it soon.
    Guessable,
    /// The second typing differs from the first.
    Differs,
}

domain::messages! {
    fn too_short(least: usize) {
        ko: "{least}자 이상으로 정해 주세요. 낱말 여러 개를 이어 써도 좋아요.",
        en: "Use at least {least} characters. Several words in a row are fine."
    }
    fn too_long(most: usize) {
        ko: "{most}자까지 쓸 수 있어요.",
        en: "Use {most} characters at most."
    }
    fn guessable() {
        ko: "쉽게 추측할 수 있는 비밀번호예요. 이름, 아이디, 흔한 낱말이나 반복을 피해 주세요.",
        en: "That is easy to guess. Avoid names, your login, common words and repetitions."
    }
    fn differs() {
        ko: "두 번 입력한 비밀번호가 서로 달라요.",
        en: "The two passwords differ."
    }
}

impl PasswordProblem {
    /// Stable word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooShort => "too_short",
            Self::TooLong => "too_long",
            Self::Guessable => "guessable",
            Self::Differs => "differs",
        }
    }

    /// What is wrong and what to do.
    pub fn text(self, lang: Lang) -> String {
        match self {
            Self::TooShort => too_short(lang, SHORTEST),
            Self::TooLong => too_long(lang, LONGEST),
            Self::Guessable => guessable(lang).to_owned(),
            Self::Differs => differs(lang).to_owned(),
        }
    }
}

/// One form for what keyboards write differently; Korean comes composed or in parts.
fn normal(typed: &str) -> String {
    typed.nfc().collect()
}

/// A Korean word as it comes out of an English keyboard, small letters; most leaked ones were typed so.
fn on_keyboard(word: &str) -> String {
    const INITIALS: &[&str] =
        &["r", "r", "s", "e", "e", "f", "a", "q", "q", "t", "t", "d", "w", "w", "c", "z", "x", "v", "g"];
    const VOWELS: &[&str] = &[
        "k", "o", "i", "o", "j", "p", "u", "p", "h", "hk", "ho", "hl", "y", "n", "nj", "np", "nl", "b", "m", "ml", "l",
    ];
    const FINALS: &[&str] = &[
        "r", "r", "rt", "s", "sw", "sg", "e", "f", "fr", "fa", "fq", "ft", "fx", "fv", "fg", "a", "q", "qt", "t", "t",
        "d", "w", "c", "z", "x", "v", "g",
    ];
    let key = |keys: &[&'static str], c: char, first: u32| {
        usize::try_from(u32::from(c) - first).ok().and_then(|at| keys.get(at).copied()).unwrap_or_default()
    };
    word.nfd()
        .map(|c| match c {
            '\u{1100}'..='\u{1112}' => key(INITIALS, c, 0x1100),
            '\u{1161}'..='\u{1175}' => key(VOWELS, c, 0x1161),
            '\u{11a8}'..='\u{11c2}' => key(FINALS, c, 0x11a8),
            _ => "",
        })
        .collect()
}

/// May this be somebody's new password? `own` are the person's login and name.
pub fn check_new(typed: &str, own: &[&str]) -> Result<Secret<String>, PasswordProblem> {
    let password = normal(typed);
    match password.chars().count() {
        count if count < SHORTEST => return Err(PasswordProblem::TooShort),
        count if count > LONGEST => return Err(PasswordProblem::TooLong),
        _ => {}
    }
    let words: Vec<&str> = own.iter().copied().chain(OUR_WORDS).chain(COMMON_WORDS).collect();
    let keyed: Vec<String> = words.iter().map(|word| on_keyboard(word)).collect();
    let known: Vec<&str> = words.into_iter().chain(keyed.iter().map(String::as_str)).collect();
    // The estimator knows no Korean: what the person's, our own and common words leave over must be something by itself.
    let rest = known
        .iter()
        .filter(|word| word.chars().count() > 1)
        .fold(password.to_lowercase(), |rest, word| rest.replace(&word.to_lowercase(), ""));
    if rest.chars().count() < LEAST_OF_ITS_OWN {
        return Err(PasswordProblem::Guessable);
    }
    // The estimator's work grows with the square of the length; a hundred characters tell it enough.
    let head: String = password.chars().take(100).collect();
    if zxcvbn::zxcvbn(&head, &known).score() < zxcvbn::Score::Three {
        return Err(PasswordProblem::Guessable);
    }
    Ok(Secret::new(password))
}

/// How new passwords are hashed; what was hashed before says itself how.
fn ours() -> Result<Params, ServiceError> {
    Params::new(19_456, 2, 1, None).map_err(broken)
}

fn broken(error: impl std::fmt::Display) -> ServiceError {
    ServiceError::Internal(format!("argon2: {error}"))
}

/// What Argon2 works in. It is kept: nineteen megabytes that are given back and asked for again by one thread after the
/// other stay with each of the threads.
type Memory = Vec<Block>;

fn digest(
    memory: &mut Memory,
    argon: (Algorithm, Version, Params),
    password: &str,
    salt: &[u8],
    length: usize,
) -> Result<Output, ServiceError> {
    let (algorithm, version, params) = argon;
    let blocks = params.block_count();
    if memory.len() < blocks {
        memory.resize(blocks, Block::new());
    }
    let mut buffer = [0_u8; Output::MAX_LENGTH];
    let out = buffer.get_mut(..length).ok_or_else(|| broken("output's length"))?;
    Argon2::new(algorithm, version, params)
        .hash_password_into_with_memory(password.as_bytes(), salt, out, memory)
        .map_err(broken)?;
    Output::new(out).map_err(broken)
}

fn hash_now(memory: &mut Memory, password: &str) -> Result<String, ServiceError> {
    let (salt, params) = (Salt::generate(), ours()?);
    let text = ParamsString::try_from(&params).map_err(broken)?;
    let (algorithm, version) = (Algorithm::Argon2id, Version::V0x13);
    let hash = digest(memory, (algorithm, version, params), password, &salt, Params::DEFAULT_OUTPUT_LEN)?;
    let (algorithm, version) = (algorithm.ident(), Some(version.into()));
    Ok(PasswordHash { algorithm, version, params: text, salt: Some(salt), hash: Some(hash) }.to_string())
}

fn matches_now(memory: &mut Memory, password: &str, hash: &str) -> Result<bool, ServiceError> {
    let stored = |error: &dyn std::fmt::Display| ServiceError::Internal(format!("stored hash: {error}"));
    let parsed = PasswordHash::new(hash).map_err(|error| stored(&error))?;
    let (Some(salt), Some(wanted)) = (parsed.salt, parsed.hash) else {
        return Err(stored(&"salt or hash is missing"));
    };
    let algorithm = Algorithm::try_from(parsed.algorithm.as_str()).map_err(|error| stored(&error))?;
    let version = parsed.version.map_or(Ok(Version::V0x13), Version::try_from).map_err(|error| stored(&error))?;
    let params = Params::try_from(&parsed).map_err(|error| stored(&error))?;
    // Compared in constant time.
    Ok(digest(memory, (algorithm, version, params), password, &salt, wanted.len())? == wanted)
}

/// A hash of nothing anybody knows: what is compared for a login that doesn't exist, so that it takes as long.
fn nobody(memory: &mut Memory) -> Result<&'static str, ServiceError> {
    static NOBODY: OnceLock<String> = OnceLock::new();
    if let Some(hash) = NOBODY.get() {
        return Ok(hash);
    }
    let hash = hash_now(memory, "no one has this password")?;
    Ok(NOBODY.get_or_init(|| hash))
}

/// Where passwords are hashed: so many at once, so many waiting, no more.
#[derive(Debug)]
pub struct Hashing {
    places: Arc<Semaphore>,
    /// Of the places nobody is at.
    memory: Arc<Mutex<Vec<Memory>>>,
    waiting: AtomicUsize,
}

impl Default for Hashing {
    /// Half of the processors, so that pages go on being made during a flood of sign-ins; four at most, since each keeps its
    /// memory.
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self::with((processors / 2).clamp(1, 4))
    }
}

/// One who waits; leaving the queue counts also when the request is dropped.
struct Place<'h>(&'h AtomicUsize);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Hashing {
    fn with(places: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(places)),
            memory: Arc::new(Mutex::new(Vec::with_capacity(places))),
            waiting: AtomicUsize::new(0),
        }
    }

    async fn run<T: Send + 'static>(
        &self,
        lang: Lang,
        work: impl FnOnce(&mut Memory) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let before = self.waiting.fetch_add(1, Ordering::SeqCst);
        let _place = Place(&self.waiting);
        if before >= MOST_WAITING {
            return Err(ServiceError::Busy { retry_after: 5, message: super::busy_now(lang).to_owned() });
        }
        let internal = |error: &dyn std::fmt::Display| ServiceError::Internal(error.to_string());
        let permit = Arc::clone(&self.places).acquire_owned().await.map_err(|error| internal(&error))?;
        let kept = Arc::clone(&self.memory);
        let hashed = tokio::task::spawn_blocking(move || {
            let mut memory = kept.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
            let answer = work(&mut memory);
            kept.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
            // The place is free when the work is done, not when whoever asked has gone.
            drop(permit);
            answer
        });
        hashed.await.map_err(|error| internal(&error))?
    }

    /// Hashes a new password.
    ///
    /// Errors: [`ServiceError::Busy`] when too many wait.
    pub async fn hash(&self, password: Secret<String>, lang: Lang) -> Result<String, ServiceError> {
        self.run(lang, move |memory| hash_now(memory, &password.into_exposed())).await
    }

    /// Compares a typed password with a stored hash; without one with nobody's, which never fits and takes as long.
    ///
    /// Errors: [`ServiceError::Busy`] when too many wait.
    pub async fn matches(&self, typed: &str, hash: Option<String>, lang: Lang) -> Result<bool, ServiceError> {
        if typed.chars().count() > LONGEST {
            return Ok(false);
        }
        let typed = Secret::new(normal(typed));
        self.run(lang, move |memory| {
            let known = hash.is_some();
            let hash = match &hash {
                Some(hash) => hash.as_str(),
                None => nobody(memory)?,
            };
            Ok(matches_now(memory, &typed.into_exposed(), hash)? && known)
        })
        .await
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]
mod tests {
    use super::*;

    fn problem(typed: &str) -> Option<PasswordProblem> {
        check_new(typed, &["minji.kim", "김민지"]).err()
    }

    #[test]
    fn a_short_a_common_and_an_own_password_are_refused() {
        assert_eq!(problem("short"), Some(PasswordProblem::TooShort));
        assert_eq!(problem("열한자리비밀번호예요"), Some(PasswordProblem::TooShort));
        for guessable in [
            "passwordpassword",
            "qwertyuiop12",
            "minji.kim2026",
            "김민지김민지김민지김민지",
            "핀데스크매입상품권2026",
            "aaaaaaaaaaaaaaa",
            "pindeskpindesk",
            // Of the lists of what leaked, twelve characters and more.
            "1q2w3e4r5t6y",
            "qwerty123456",
            "password1234",
            "password12345",
            "1qaz2wsx3edc",
            "1qaz2wsx3edc4rfv",
            "iloveyou1234",
            "asdf1234asdf",
            "q1w2e3r4t5y6",
            "qwer1234!@#$",
            "1q2w3e4r!@#$",
            "123456789012",
            "abcd1234abcd",
            "administrator",
            "welcome12345",
            "letmein12345",
            "changeme1234",
            "Passw0rd1234",
            "P@ssw0rd1234",
            "zaq12wsxcde3",
            "qazwsxedcrfv",
            "sunshine1234",
            "football1234",
            "liverpool123",
            // Korean words typed on an English keyboard: 비밀번호12, 사랑해요1234, 대한민국1234, 안녕하세요123, 관리자1234…
            "qlalfqjsgh12",
            "qlalfqjsgh123",
            "qlalfqjsgh1234",
            "tkfkdgody1234",
            "eogksalsrnr1234",
            "dkssudgktpdy123",
            "dkssudgktpdy",
            "rhksflwk1234",
            "tkfkdgo1234!",
            "gksrnrtkfka12",
            "비밀번호비밀번호1234",
            "사랑해사랑해사랑해사랑해1",
            "안녕하세요안녕하세요12",
            // 김민지, the person's own name, on an English keyboard.
            "rlaalswl1234",
            "rlaalswlrlaalswl",
        ] {
            assert_eq!(problem(guessable), Some(PasswordProblem::Guessable), "{guessable}");
        }
        assert_eq!(problem(&"가나".repeat(200)), Some(PasswordProblem::TooLong));
    }

    #[test]
    fn a_korean_word_is_known_on_an_english_keyboard() {
        for (word, keys) in [
            ("비밀번호", "qlalfqjsgh"),
            ("안녕하세요", "dkssudgktpdy"),
            ("없애", "djqtdo"),
            ("plain", ""),
            ("꽃", "rhc"),
        ] {
            assert_eq!(on_keyboard(word), keys, "{word}");
        }
    }

    #[test]
    fn words_in_a_row_and_korean_are_fine_and_nothing_is_cut() {
        assert_eq!(problem("구름 위를 걷는 초록 고양이"), None);
        assert_eq!(problem("tulip-grinder-obelisk-44"), None);
        let long: String = "tulip grinder obelisk ".repeat(11);
        assert_eq!(check_new(&long, &[]).unwrap().into_exposed(), long);
    }

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only_however_its_letters_are_composed() {
        let hashing = Hashing::default();
        let composed = "구름 위를 걷는 초록 고양이";
        let hash = hashing.hash(check_new(composed, &[]).unwrap(), Lang::Ko).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        let parts: String = composed.nfd().collect();
        assert!(hashing.matches(&parts, Some(hash.clone()), Lang::Ko).await.unwrap());
        assert!(!hashing.matches("구름 위를 걷는 초록 고양", Some(hash), Lang::Ko).await.unwrap());
        assert!(!hashing.matches("no one has this password", None, Lang::Ko).await.unwrap());
    }

    #[tokio::test]
    async fn a_full_queue_says_so_at_once() {
        let hashing = Hashing::with(0);
        hashing.waiting.store(MOST_WAITING, Ordering::SeqCst);
        let answer = hashing.matches("anything at all", None, Lang::Ko).await;
        assert!(matches!(answer, Err(ServiceError::Busy { .. })));
        assert_eq!(hashing.waiting.load(Ordering::SeqCst), MOST_WAITING, "who was sent away doesn't wait");
    }
    #[tokio::test]
    async fn what_the_library_hashed_itself_fits_and_a_hash_says_how_it_was_made() {
        use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
        let hashing = Hashing::with(1);
        // Of other cost and length than today's.
        let other = Params::new(8_192, 3, 1, Some(24)).unwrap();
        for params in [ours().unwrap(), other] {
            let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
            let hash = argon.hash_password(b"tulip-grinder-obelisk-44").unwrap().to_string();
            for _ in 0..2 {
                assert!(hashing.matches("tulip-grinder-obelisk-44", Some(hash.clone()), Lang::Ko).await.unwrap());
                assert!(!hashing.matches("tulip-grinder-obelisk-45", Some(hash.clone()), Lang::Ko).await.unwrap());
            }
        }
        let ours = hashing.hash(Secret::new("tulip-grinder-obelisk-44".to_owned()), Lang::Ko).await.unwrap();
        let parsed = PasswordHash::new(&ours).unwrap();
        assert!(Argon2::default().verify_password(b"tulip-grinder-obelisk-44", &parsed).is_ok());
        let again = hashing.hash(Secret::new("tulip-grinder-obelisk-44".to_owned()), Lang::Ko).await.unwrap();
        assert_ne!(ours, again, "a salt of its own");
        assert!(hashing.matches("tulip", Some("$argon2id$v=19$m=19456".to_owned()), Lang::Ko).await.is_err());
        assert_eq!(hashing.memory.lock().unwrap().len(), 1, "one place, one memory");
    }

    #[tokio::test]
    async fn a_place_stays_taken_until_the_work_is_done_also_when_who_asked_has_gone() {
        let hashing = Hashing::with(1);
        let (go, wait) = std::sync::mpsc::channel::<()>();
        let mut asked = Box::pin(hashing.run(Lang::Ko, move |_| Ok(wait.recv().is_ok())));
        // Begun, then forgotten.
        assert!(tokio::time::timeout(std::time::Duration::from_millis(50), &mut asked).await.is_err());
        drop(asked);
        assert_eq!(hashing.places.available_permits(), 0);
        assert_eq!(hashing.waiting.load(Ordering::SeqCst), 0);
        go.send(()).unwrap();
        assert!(hashing.run(Lang::Ko, |_| Ok(true)).await.unwrap());
    }
}
