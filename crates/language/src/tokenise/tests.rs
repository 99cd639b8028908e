//! What a reader of the output would notice: the words and sentences that the spans select.

use super::*;

fn words(text: &str) -> Vec<String> {
    sentences(text).iter().flat_map(|s| &s.words).map(|w| w.span.of(text).to_owned()).collect()
}

fn spaced(text: &str) -> String {
    words(text).join(" ")
}

fn split(text: &str) -> Vec<&str> {
    sentences(text).iter().map(|s| s.span.of(text)).collect()
}

#[test]
fn news_prose_is_cut_as_in_the_treebanks() {
    let cases = [
        ("Shaikh Abdullah al-Ani, the preacher", "Shaikh Abdullah al - Ani , the preacher"),
        ("anti-American, pro-Palestinian co-founders", "anti-American , pro-Palestinian co-founders"),
        ("the U.S.-led coalition's F-16s", "the U.S. - led coalition 's F - 16s"),
        ("It cost $3.5bn (US$4,000) or 5%.", "It cost $ 3.5 bn ( US$ 4,000 ) or 5 % ."),
        ("at 7:30pm on 9/11, and/or 12/26/2000", "at 7:30 pm on 9/11 , and / or 12/26/2000"),
        ("“We don’t know,” she said.", "“ We do n’t know , ” she said ."),
        ("the ministers' 'new' plan", "the ministers ' ' new ' plan"),
        ("AT&T and R&D cannot", "AT&T and R&D can not"),
        ("Wait... what?! No--never", "Wait ... what ?! No -- never"),
        (
            "see https://example.org/a(b)?q=1, or mail a.b@c-d.org.",
            "see https://example.org/a(b)?q=1 , or mail a.b@c-d.org .",
        ),
        (
            "the 1990s, the '90s, the 20th and 713-853-3989",
            "the 1990s , the '90s , the 20th and 713-853-3989",
        ),
        ("Bush 's plan ca n't work", "Bush 's plan ca n't work"),
        (
            "whitehouse.gov said Dr. J. Smith, Ph.D., left.",
            "whitehouse.gov said Dr. J. Smith , Ph.D. , left .",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(spaced(text), expected);
    }
}

#[test]
fn sentences_end_where_a_reader_ends_them() {
    let cases: [&[&str]; 14] = [
        &["He studied in Dulwich.[17]", "Later he left."],
        &["The first emperor (c. 1818) reigned.", "We liked it. :)", "So did they."],
        &["Gen. Kim met Mr. Putin on Oct. 18.", "He left."],
        &["The U.S. Army left.", "So did the U.N.", "The rest stayed."],
        &["“Who did it?” Minister Lee asked.", "Nobody answered."],
        &["“We will fight.”", "“We will not stop.”", "He left."],
        &["(He denied it.)", "She did not."],
        &["It rose 3.5 percent.", "\"No,\" he said.", "\"Never.\""],
        &["They met at 5 p.m. Monday in Seoul.", "It rained."],
        &["J. K. Rowling wrote it.", "No. 5 won."],
        &["It was... strange.", "Really!", "Yes."],
        &["He works for Acme Inc. in Paris.", "It is big."],
        &["1. First of all.", "2. Then this."],
        &["What happened?!", "Nobody knows…", "The police came."],
    ];
    for expected in cases {
        assert_eq!(split(&expected.join(" ")), expected);
    }
}

#[test]
fn headlines_and_paragraphs_end_sentences() {
    let text =
        "NATO chief warns of escalation\nBRUSSELS -- The alliance met on Monday.\n\nIt will meet again";
    assert_eq!(
        split(text),
        ["NATO chief warns of escalation", "BRUSSELS -- The alliance met on Monday.", "It will meet again"]
    );
    let opens: Vec<bool> = sentences(text).iter().map(|s| s.opens_paragraph).collect();
    assert_eq!(opens, [true, false, true]);
}

#[test]
fn a_marked_dateline_is_a_sentence_of_its_own() {
    let text = "SEOUL, Oct. 18 (Yonhap) -- The government confirmed it.";
    let all = sentences_with_cuts(text, &[Span::new(0, 26)]);
    let texts: Vec<&str> = all.iter().map(|s| s.span.of(text)).collect();
    assert_eq!(texts, ["SEOUL, Oct. 18 (Yonhap) --", "The government confirmed it."]);
}

#[test]
fn offsets_survive_emoji_marks_and_line_ends() {
    let text = "\u{feff}Ki\u{301}m 👩‍🚀🇰🇷 sent\r\ntroops\u{200b} — “Moscow”\u{a0}denied.";
    let found = words(text);
    for word in ["Ki\u{301}m", "👩‍🚀", "🇰🇷", "troops", "—", "“", "Moscow", "”", "denied", "."]
    {
        assert!(found.iter().any(|w| w == word), "{word} in {found:?}");
    }
}

#[test]
fn every_visible_character_belongs_to_exactly_one_word() {
    let text =
        "Don't—stop!! (U.S.)… e-mail: a@b.co; £5m 北京 है क्या? ﷺ \u{301}x '' `` #tag @me <<a>> [...] 5-4";
    let joined: String = words(text).concat();
    let visible: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    assert_eq!(joined, visible);
}

#[test]
fn multiword_tokens_name_their_words() {
    let text = "They don't.";
    let all = sentences(text);
    let groups: Vec<_> = all[0].words.iter().map(|w| w.multiword).collect();
    let pair = Some(TokenRange::new(1, 3));
    assert_eq!(groups, [None, pair, pair, None]);
}

#[test]
fn hostile_texts_are_cut_in_linear_time() {
    let begin = std::time::Instant::now();
    for unit in [
        "a", ".", "'", "-", "a-", "a.", "1,", "(", "\"", "@", "http://", "a'", "…", "🇰", "\u{301}", "a\n",
        "A. ",
    ] {
        let text = unit.repeat(1_000_000 / unit.len());
        let all = sentences(&text);
        assert!(all.iter().flat_map(|s| &s.words).all(|w| w.span.of(&text).chars().count() <= 255));
    }
    assert!(begin.elapsed().as_secs() < 60, "{:?}", begin.elapsed());
}

#[test]
fn a_title_after_an_acronym_goes_on_with_the_sentence() {
    let text = "The talks ended. U.S. President Joe Biden left the U.S. They lasted a day.";
    assert_eq!(
        split(text),
        ["The talks ended.", "U.S. President Joe Biden left the U.S.", "They lasted a day."]
    );
}
