//! The institutions, most used first.

use super::{Bank, BankKind};

const fn bank(
    code: &'static str,
    name_ko: &'static str,
    name_en: &'static str,
    aliases: &'static [&'static str],
) -> Bank {
    Bank { code, kind: BankKind::Bank, name_ko, name_en, aliases }
}

const fn house(
    code: &'static str,
    name_ko: &'static str,
    name_en: &'static str,
    aliases: &'static [&'static str],
) -> Bank {
    Bank { code, kind: BankKind::Securities, name_ko, name_en, aliases }
}

/// Every institution customers may choose, in the order they are shown.
pub const BANKS: &[Bank] = &[
    bank("004", "KB국민은행", "KB Kookmin Bank", &["국민", "국민은행", "KB", "KB은행", "KB국민"]),
    bank("088", "신한은행", "Shinhan Bank", &["신한"]),
    bank("020", "우리은행", "Woori Bank", &["우리"]),
    bank("081", "하나은행", "Hana Bank", &["하나", "KEB하나", "KEB하나은행", "외환", "외환은행", "KEB"]),
    bank("011", "NH농협은행", "NH Nonghyup Bank", &["농협", "농협은행", "NH", "NH농협"]),
    bank("090", "카카오뱅크", "KakaoBank", &["카카오", "카뱅", "한국카카오은행", "카카오은행"]),
    bank("092", "토스뱅크", "Toss Bank", &["토스", "토뱅", "토스은행"]),
    bank("003", "IBK기업은행", "Industrial Bank of Korea", &["기업", "기업은행", "IBK", "중소기업은행"]),
    bank("045", "새마을금고", "MG Community Credit", &["새마을", "MG", "MG새마을금고"]),
    bank("089", "케이뱅크", "K bank", &["케뱅", "K뱅크", "케이"]),
    bank("071", "우체국", "Korea Post", &["우체국예금", "우정사업본부"]),
    bank("048", "신협", "Credit Union (CU)", &["신용협동조합", "신협중앙회", "CU"]),
    bank("031", "iM뱅크", "iM Bank", &["아이엠뱅크", "아이엠", "대구", "대구은행", "DGB", "DGB대구은행"]),
    bank("032", "부산은행", "Busan Bank", &["부산", "BNK부산", "BNK부산은행"]),
    bank("039", "경남은행", "Kyongnam Bank", &["경남", "BNK경남", "BNK경남은행"]),
    bank("034", "광주은행", "Kwangju Bank", &["광주"]),
    bank("037", "전북은행", "Jeonbuk Bank", &["전북"]),
    bank("035", "제주은행", "Jeju Bank", &["제주"]),
    bank("007", "수협은행", "Suhyup Bank", &["수협", "Sh", "Sh수협은행"]),
    bank("012", "지역농·축협", "Local Nonghyup", &["단위농협", "지역농협", "축협", "농축협", "회원농협"]),
    bank(
        "023",
        "SC제일은행",
        "SC First Bank",
        &["제일", "제일은행", "SC", "SC은행", "스탠다드차타드", "한국스탠다드차타드"],
    ),
    bank("027", "한국씨티은행", "Citibank Korea", &["씨티", "씨티은행", "시티", "시티은행"]),
    bank("002", "KDB산업은행", "Korea Development Bank", &["산업", "산업은행", "KDB", "산은"]),
    bank("050", "저축은행", "Savings Banks", &["상호저축은행", "저축은행중앙회", "SB"]),
    bank("103", "SBI저축은행", "SBI Savings Bank", &["SBI"]),
    bank("064", "산림조합", "National Forestry Cooperative", &["산림조합중앙회", "SJ"]),
    bank("008", "수출입은행", "Export-Import Bank of Korea", &["한국수출입은행"]),
    bank("054", "HSBC", "HSBC", &["홍콩상하이은행", "홍콩상하이"]),
    bank("055", "도이치은행", "Deutsche Bank", &["도이치"]),
    bank("057", "JP모간체이스은행", "JPMorgan Chase Bank", &["제이피모간", "JP모건"]),
    bank("060", "BOA", "Bank of America", &["뱅크오브아메리카"]),
    bank("061", "BNP파리바은행", "BNP Paribas", &["비엔피파리바"]),
    bank("062", "중국공상은행", "ICBC", &["공상은행"]),
    bank("063", "중국은행", "Bank of China", &[]),
    bank("067", "중국건설은행", "China Construction Bank", &["건설은행"]),
    house("240", "삼성증권", "Samsung Securities", &["삼성"]),
    house("238", "미래에셋증권", "Mirae Asset Securities", &["미래에셋", "미래에셋대우", "대우증권"]),
    house("243", "한국투자증권", "Korea Investment & Securities", &["한국투자", "한투"]),
    house("247", "NH투자증권", "NH Investment & Securities", &["NH투자", "우리투자증권(구)"]),
    house("218", "KB증권", "KB Securities", &["현대증권"]),
    house("264", "키움증권", "Kiwoom Securities", &["키움"]),
    house("278", "신한투자증권", "Shinhan Securities", &["신한투자", "신한금융투자"]),
    house("271", "토스증권", "Toss Securities", &[]),
    house("288", "카카오페이증권", "Kakao Pay Securities", &["카카오페이"]),
    house("270", "하나증권", "Hana Securities", &["하나금융투자", "하나대투증권"]),
    house("287", "메리츠증권", "Meritz Securities", &["메리츠"]),
    house("267", "대신증권", "Daishin Securities", &["대신"]),
    house("269", "한화투자증권", "Hanwha Investment & Securities", &["한화투자", "한화증권"]),
    house("209", "유안타증권", "Yuanta Securities Korea", &["유안타", "동양증권"]),
    house("261", "교보증권", "Kyobo Securities", &["교보"]),
    house("262", "iM증권", "iM Securities", &["아이엠증권", "하이투자증권"]),
    house("263", "현대차증권", "Hyundai Motor Securities", &["현대차투자증권", "HMC투자증권"]),
    house("265", "LS증권", "LS Securities", &["이베스트투자증권", "이베스트"]),
    house("266", "SK증권", "SK Securities", &["SK"]),
    house("279", "DB증권", "DB Securities", &["DB금융투자", "동부증권"]),
    house("280", "유진투자증권", "Eugene Investment & Securities", &["유진투자"]),
    house("224", "BNK투자증권", "BNK Securities", &["BNK투자"]),
    house("225", "IBK투자증권", "IBK Securities", &["IBK투자"]),
    house("227", "다올투자증권", "Daol Investment & Securities", &["다올투자", "KTB투자증권"]),
    house("290", "부국증권", "Bookook Securities", &["부국"]),
    house("291", "신영증권", "Shinyoung Securities", &["신영"]),
    house("292", "LIG투자증권", "LIG Investment & Securities", &["LIG투자", "케이프투자증권"]),
    house("294", "우리투자증권", "Woori Investment & Securities", &["한국포스증권", "우리종합금융"]),
];
