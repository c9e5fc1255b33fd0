//! The dictionary: voucher names in all their spellings, and the labels that say what a number is.
//!
//! Patterns are parted by `|`. A space in a pattern stands for nothing, a space, a dash or the like; letters are small.

use super::names::{Head, Mean, Owner};
use super::types::BrandKey;

use BrandKey::{
    Booknlife, Cultureland, Eggmoney, Funnycard, Gifticon, GooglePlay, Happymoney, Munhwa, SmartMunhwa, Teencash,
};
use Mean::{
    Above, Auth, Bank, Brand, Card, Gift, Issue, Message, Near, Noise, Number, Otp, Pay, Pin, Security, Voucher,
};

/// What each word means. The longest pattern wins, wherever it stands in the list.
pub(super) const WORDS: &[(Mean, &str)] = &[
    (
        Brand(Cultureland),
        "\
        컬쳐 랜드|컬처 랜드|컬쳐 렌드|컬처 렌드|컬쳐 랜트|컬챠 랜드|컬쳐 상품권|컬처 상품권|컬쳐 캐쉬|\
        컬처 캐쉬|모바일 문화 상품권|모바일 문상|culture land|cultureland|컬쳐 문상|컬처 문상|\
        컬쳐 문화 상품권|컬처 문화 상품권",
    ),
    (Brand(Munhwa), "문화 상품권|온라인 문화 상품권|문상|온라인 문상|문화 상품 권|munhwa"),
    (
        Brand(SmartMunhwa),
        "\
        스마트 문화 상품권|스마트 문상|게임 문화 상품권|게임 문상|스마트 온라인 문화 상품권|스문상|\
        스마트 모바일 문화 상품권|smart munhwa|스마트 문화",
    ),
    (
        Brand(Booknlife),
        "\
        북앤 라이프|북엔 라이프|북 앤 라이프|북  라이프|도서 문화 상품권|도서 상품권|도서 문상|도문상|\
        온라인 도서 문화 상품권|book  life|book n life|book and life|모바일 도서 문화 상품권",
    ),
    (Brand(Teencash), "틴 캐시|틴 캐쉬|teen cash"),
    (Brand(Eggmoney), "에그 머니|애그 머니|egg money"),
    (Brand(Funnycard), "퍼니 카드|펀니 카드|funny card"),
    (Brand(Happymoney), "해피 머니|해피 상품권|happy money"),
    (Brand(Gifticon), "기프티콘|기프트콘|기프티 콘|깊티콘|깊티|gifticon"),
    (Brand(GooglePlay), "구글 플레이|google play|구플 카드|구글 깊카|구플 기프트 카드"),
    (Mean::Head(Head::Lotte), "롯데|lotte"),
    (Mean::Head(Head::Shinsegae), "신세계|shinsegae|ssg"),
    (Mean::Head(Head::Hyundai), "현대|hyundai"),
    (Mean::Head(Head::Starbucks), "스타벅스|스벅|starbucks"),
    (Mean::Head(Head::Google), "구글|google"),
    (Mean::Head(Head::Nexon), "넥슨|nexon"),
    (
        Mean::Head(Head::Other),
        "\
        스팀|steam|애플|apple|앱스토어|앱 스토어|app store|아이튠즈|아이튠스|itunes|플레이스테이션|\
        playstation|psn|플스|닌텐도|nintendo|e숍|아마존|amazon|로블록스|roblox|엑스박스|xbox|넷플릭스|\
        netflix|원스토어|배달의민족|배민|요기요|쿠팡|올리브영|다이소|홈플러스|이마트|온누리|농협|하나로|\
        갤러리아|ak|이랜드|cgv|메가박스|교보문고|교보|영풍문고|알라딘|yes24|gs25|gs|cu|세븐일레븐|sk|주유|\
        국민관광|관광|지역사랑|서울사랑|라이엇|riot|발로란트|카카오페이|토스|페이코|네이버페이|네이버|\
        아이템베이|문화누리|한게임|블리자드|배틀넷|battle net|마이크로소프트|microsoft|비자|visa|무신사|\
        에이블리|지마켓|옥션|투썸|이디야|던킨|파리바게뜨|홈쇼핑|도미노|캐시비|티머니|t머니|원앤원|온캐시|\
        스마일|야놀자|여기어때|아웃백|빕스|cj|hdc|신라",
    ),
    (
        Pin,
        "\
        핀 번호|핀 코드|핀 넘버|pin 번호|pin 코드|pin|pin no|pin number|pin code|상품권 번호|상품권 핀|\
        쿠폰 번호|쿠폰 코드|기프트 코드|기프트 번호|기프트 카드 번호|교환 번호|교환 코드|선물 코드|\
        선물 번호|리딤 코드|등록 코드|이용 번호|스크래치 번호|스크래치|gift code|gift card code|redeem code|\
        voucher|voucher code|voucher no|voucher number|coupon|coupon code|coupon no|e pin|e 코드|카드 코드|\
        사용 번호",
    ),
    (Number, "번호|코드|no|number|num|code|넘버"),
    (
        Auth,
        "\
        비밀 번호|비번|인증 번호|인증 코드|암호|패스워드|pw|pwd|password|passwd|passcode|auth|auth code|\
        auth no|인증 비밀 번호|비밀 코드",
    ),
    (Security, "보안 코드|보안 번호|시큐리티 코드|security code|security no|cvc|시크릿 코드|보안"),
    (
        Issue,
        "\
        발행 일자|발행일|발급일|발급 일자|발행 날짜|발행 년월일|issue date|issued|date of issue|발행",
    ),
    (Gift, "권 번호|일련 번호|상품권 일련 번호|상품권 권 번호|gift number|gift no"),
    (Card, "카드 번호|card no|card number|카드 넘버|card"),
    (
        Noise,
        "\
        전화 번호|연락처|휴대폰|핸드폰|휴대 전화|휴대폰 번호|핸드폰 번호|고객 센터|콜 센터|상담 센터|문의처|\
        문의 전화|대표 전화|대표 번호|상담 전화|고객 상담|팩스|fax|tel|h.p|hp|phone|phone number|mobile|\
        call|수신 거부|무료 거부|계좌|계좌 번호|가상 계좌|account|account no|account number|acct|iban|은행|\
        뱅크|금고|카뱅|케뱅|토뱅|우체국|신협|수협|sc제일|주문 번호|주문 no|주문 코드|order no|order number|\
        order id|order|orderid|접수 번호|거래 번호|거래 고유 번호|예약 번호|구매 번호|결제 번호|상품 코드|\
        상품 번호|제품 번호|제품 코드|바코드|바코드 번호|barcode|ean|isbn|sku|imei|운송장|운송장 번호|송장|\
        송장 번호|택배|대한통운|등기 번호|등기|tracking|tracking no|tracking number|invoice|invoice no|\
        승인 번호|approval|approval no|사업자 등록 번호|사업자 번호|사업자|통신 판매|법인 등록 번호|\
        주민 등록 번호|주민 번호|생년 월일|여권 번호|면허 번호|운전 면허|회원 번호|고객 번호|관리 번호|\
        참조 번호|조회 번호|추적 번호|증권 번호|차대 번호|차량 번호|학번|사번|군번|제품 키|제품키|정품 인증|\
        라이선스|라이센스|product key|license|license key|licence key|serial|serial no|serial number|s/n|\
        시리얼|시리얼 번호|시리얼 넘버|모델|모델명|우편 번호|유효 기간|유효 기한|사용 기한|사용 기간|만료일|\
        이용 기간|기간|구매일|구매 일시|구매 일자|발송일|결제일|주문일|거래일|입금일|승인일|날짜|일시|\
        결제 일시|금액|결제 금액|판매가|가격|단가|수량|잔액|누적|합계|총액|액면가|권종|otp|일회용|\
        일회용 비밀 번호|본인 확인|expires|expiry|valid until|amount|total|price|date|txn|transaction|\
        transaction id|tid|reference|ref|ref no|세금계산서|고지서|전자 납부 번호|납부 번호|청구 번호|\
        포인트 카드|멤버십 카드|멤버십 번호|멤버십|회원 카드|체크 카드|신용 카드|법인 카드|교통 카드|영수증|\
        영수증 번호|티켓 번호|항공권|탑승권|추천인 코드|할인 코드|추천 코드|초대 코드|문서 번호|uuid|hash|\
        token|id|아이디|사건 번호|계약 번호|신청 번호|문의 번호|티켓|로또|복권|현금 영수증",
    ),
    (
        Near,
        "\
        문의|전화|연락|배송|이체|송금|입금|승인|주문|현대 카드|롯데 카드|신한 카드|삼성 카드|국민 카드|\
        kb 카드|우리 카드|하나 카드|bc 카드|비씨 카드|nh 카드|농협 카드|씨티 카드|카카오 카드|토스 카드|\
        롯데 택배|한진|로젠|bank|법인|대표|상담|ars",
    ),
    (
        Bank,
        "\
        농협|신한|국민|우리|하나|기업|씨티|산업|부산|대구|광주|전북|경남|제주|카카오|토스|kb|nh|ibk|sc|im|\
        새마을",
    ),
    (Voucher, "상품권"),
    (Pay, "결제|결제 수단|결제 카드 번호|결제 카드|승인 카드"),
    (Otp, "입력|타인|유출|노출"),
    (Message, "web 발신|국제 발신|국외 발신|원본 메시지"),
    (Above, "위|상기"),
];

/// Words that may stand before 상품권 or 번호 without making a name of it.
pub(super) const PLAIN: &str = "\
    모바일|백화점|디지털|온라인|전자|종이|지류|할인|선물|기프트|카톡|카카오|카카오톡|받은|보유|모든|\
    여러|각종|핀|전체|해당|아래|다음|첫번째|두번째|세번째|각|이|그|제|내|위|그냥|일반|원|만원|천원|\
    만원권|짜리|권|장|매|나머지|마지막|구매|구입|판매|교환|충전|등록|사용|미사용|새|쿠폰|이미지|사진|\
    금액|게임|발송|등록용|충전용|스크래치|보낸|산|구매한|모바일백화점|유효|정상|고액|소액|문자";

/// What may stand between the two parts of a composed name.
pub(super) const MODIFIERS: &str = "\
    백화점|모바일|온라인|디지털|전자|지류|종이|이마트|아울렛|프리미엄|통합|mobile|department store|e";

/// Whose vouchers the second parts make of a first part.
pub(super) const fn tails(head: Head) -> (Owner, &'static str) {
    match head {
        Head::Lotte => (Owner::Ours(BrandKey::Lotte), "상품권|gift card|gift voucher|gift certificate"),
        Head::Shinsegae => (Owner::Ours(BrandKey::Shinsegae), "상품권|gift card|gift voucher|gift certificate"),
        Head::Hyundai => (Owner::Ours(BrandKey::Hyundai), "상품권|gift card|gift voucher|gift certificate"),
        Head::Starbucks => (
            Owner::Ours(BrandKey::Starbucks),
            "\
            e 카드|이 카드|카드|기프트 카드|e 기프트 카드|e gift 카드|e gift card|e gift|e card|gift card|card|\
            상품권|e 쿠폰 카드|e카드",
        ),
        Head::Google => (
            Owner::Ours(BrandKey::GooglePlay),
            "\
            플레이 기프트 카드|플레이 기프트 코드|플레이 선불 카드|플레이 상품권|플레이|play gift card|\
            play gift code|play|기프트 카드|기프티 카드|기프트 코드|기프트|깊카|gift card|gift code|상품권|\
            플레이 카드",
        ),
        Head::Nexon => (
            Owner::Ours(BrandKey::Nexon),
            "\
            카드|캐시 카드|캐쉬 카드|캐시|캐쉬|상품권|기프트 카드|모바일 카드|card|cash|gift card|cash card",
        ),
        Head::Other => (
            Owner::Other,
            "\
            상품권|기프트 카드|기프티 카드|기프트 코드|월렛 코드|월렛|선불 코드|선불 카드|쿠폰|교환권|코드|머니|\
            gift card|gift code|wallet code|wallet|code|card|voucher|관람권|이용권|디지털 코드",
        ),
    }
}
