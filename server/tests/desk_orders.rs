//! The orders list, its exports and the dashboard, told to the real program by people without scripts.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use testkit::product::Product;
use testkit::shopper::{Browser, Form};

fn form(action: &str, fields: &[(&str, &str)]) -> Form {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Form { action: action.to_owned(), fields, ..Form::default() }
}

async fn signed_in(product: &Product, login: &str) -> Browser {
    let mut browser = Browser::new(&product.url());
    let enter = form("/desk/fn/access/enter", &[("login", login), ("password", "pindesk-sandbox")]);
    let answer = browser.post(&enter).await.unwrap();
    assert_eq!((answer.status, answer.location.as_deref()), (303, Some("/desk")), "{login}: {}", answer.body);
    browser
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_its_files_and_the_dashboard_work_as_plain_forms() {
    let product = Product::sqlite(&[]).await;
    let mut operator = signed_in(&product, "operator").await;
    let dashboard = operator.get("/desk").await.unwrap();
    assert!(dashboard.status == 200 && dashboard.body.contains("<svg"), "{}", dashboard.body);
    let list = operator.get("/desk/orders?state=held&state=paid&sort=oldest").await.unwrap();
    assert!(list.status == 200 && list.body.contains("주문"), "{}", list.status);
    let bad = operator.get("/desk/orders?min=lots%3Cscript%3E").await.unwrap();
    assert!(bad.body.contains("금액이 아니에요") && !bad.body.contains("lots<script>"));

    let (to, _) = operator.submit(&form("/desk/fn/orders/find", &[("q", "010-1234-5678")])).await.unwrap();
    assert!(to.starts_with("/desk/orders?find=") && !to.contains("1234"), "{to}");
    let (_, page) = operator.submit(&form("/desk/fn/orders/find", &[("q", "홍길동")])).await.unwrap();
    assert!(page.body.contains("이름으로는 찾을 수 없어요"));
    let columns = form("/desk/fn/orders/columns", &[("columns[]", "risk"), ("columns[]", "speed"), ("query", "")]);
    let (to, page) = operator.submit(&columns).await.unwrap();
    assert_eq!((to.as_str(), page.body.contains("열을 바꿨어요")), ("/desk/orders?all=1", true));
    let view = form("/desk/fn/orders/save_view", &[("name", "보류"), ("query", "state=held"), ("is_default", "1")]);
    operator.submit(&view).await.unwrap();
    let to = operator.get("/desk/orders").await.unwrap().location;
    assert_eq!(to.as_deref(), Some("/desk/orders?state=held"), "the list begins with one's own view");

    let ask = form("/desk/fn/exports/request", &[("format", "xlsx"), ("reason", "월말 대사 자료"), ("query", "")]);
    let (to, _) = operator.submit(&ask).await.unwrap();
    assert_eq!(to, "/desk/exports");
    let mut file = None;
    for _ in 0..200 {
        let page = operator.get("/desk/exports").await.unwrap();
        file = page
            .body
            .split_once("/desk/exports/exp_")
            .map(|(_, rest)| format!("/desk/exports/exp_{}", rest.split('"').next().unwrap_or_default()));
        if file.is_some() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let file = file.unwrap_or_else(|| panic!("no file came\n{}", product.log()));
    let got = operator.get(&file).await.unwrap();
    assert!(got.status == 200 && got.body.starts_with("PK"), "{}", got.status);

    // Others don't learn that it is there.
    for login in ["owner", "marketer"] {
        let mut other = signed_in(&product, login).await;
        assert_eq!(other.get(&file).await.unwrap().status, 404, "{login}");
    }
    let mut marketer = signed_in(&product, "marketer").await;
    for page in ["/desk/orders", "/desk/exports"] {
        assert_eq!(marketer.get(page).await.unwrap().status, 404, "{page}");
    }
    assert_eq!(marketer.get("/desk").await.unwrap().status, 303, "somewhere they may be");
    let mut nobody = Browser::new(&product.url());
    assert_eq!(nobody.get(&file).await.unwrap().location.as_deref(), Some("/desk/sign-in"));
}
