//! Whatever the bytes say: no panic, bounded time, every tree well-formed, every span on the words it claims.

use language::{Engine, conllu};
use record::{Article, Doc};
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::embedded().expect("weights"));

fn analyse(text: &str) -> Doc {
    let doc = ENGINE.analyse(Article { text: text.into(), ..Article::default() });
    check(&doc);
    doc
}

fn check(doc: &Doc) {
    doc.check().expect("a well-formed document");
    let printed = conllu::write(doc, |_| None);
    let again = conllu::read(&printed).expect("own output is CoNLL-U");
    let words: usize = again.sentences.iter().map(|s| s.words.len()).sum();
    assert_eq!((again.sentences.len(), words), (doc.sentences.len(), doc.tokens.len()));
}

#[test]
fn empty_and_invisible_texts_have_no_sentences() {
    for text in ["", " ", "\r\n\r\n", "\u{feff}", "\u{200b}\u{200b} \t", "\0\0"] {
        assert!(analyse(text).sentences.is_empty(), "{text:?}");
    }
}

#[test]
fn a_sentence_of_five_thousand_words_is_one_tree() {
    let doc = analyse(&"the troops moved north and ".repeat(1000));
    assert_eq!((doc.sentences.len(), doc.tokens.len()), (1, 5000));
}

#[test]
fn a_long_text_without_a_space_is_cut_and_read() {
    let doc = analyse(&"x".repeat(200_000));
    assert!(doc.tokens.len() >= 200_000 / 255);
}

#[test]
fn odd_texts_are_read_without_complaint() {
    for text in [
        "!!!???...",
        "— – - ‘ ’ “ ”",
        "北京 Москва القاهرة नई दिल्ली",
        "👩‍🚀🇰🇷🛰️",
        "a\u{301}\u{301}\u{301}",
        "\u{202e}evil\u{202c}",
        "1",
        "\t.\n,\n;",
        "#",
        "'s",
        "A.B.C.D.",
    ] {
        analyse(text);
    }
    let mut state = 1u64;
    let alphabet: Vec<char> = "aZ9.,'’\"“”()-–—\n\r \u{a0}\u{200b}\u{301}é北🙂🇰$%/@#:;!?…_".chars().collect();
    for _ in 0..60 {
        let text: String = (0..80)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                alphabet[(state >> 33) as usize % alphabet.len()]
            })
            .collect();
        analyse(&text);
    }
}

#[test]
fn names_and_subjects_of_plain_news_are_found() {
    let text = "SEOUL, Oct. 18 (Yonhap) -- North Korea sent about 1,500 soldiers to Russia, President Yoon Suk Yeol said on Friday.";
    let doc = analyse(text);
    let names: Vec<&str> = doc.names.iter().map(|n| n.span.of(text)).collect();
    for name in ["North Korea", "Russia", "Yoon Suk Yeol"] {
        assert!(names.contains(&name), "{name} in {names:?}");
    }
    let sent = doc.tokens.iter().position(|t| t.form == "sent").expect("sent");
    let subject =
        doc.tokens.iter().find(|t| t.deprel == "nsubj" && t.head.is_some_and(|h| h.index() == sent));
    assert_eq!(subject.map(|t| t.form.as_str()), Some("Korea"));
}

#[test]
fn one_engine_serves_many_threads_with_one_answer() {
    let text =
        "Moscow denied the report. Pyongyang confirmed it on Monday, and the alliance met in Brussels.";
    let expected = conllu::write(&analyse(text), |_| None);
    std::thread::scope(|scope| {
        let workers: Vec<_> =
            (0..4).map(|_| scope.spawn(|| conllu::write(&analyse(text), |_| None))).collect();
        for worker in workers {
            assert_eq!(worker.join().expect("no panic"), expected);
        }
    });
}

#[test]
fn damaged_weights_are_an_error_not_a_panic() {
    for bytes in [
        &b""[..],
        b"LEGMOD01",
        b"LEGMOD01\xff\xff\xff\xff{}",
        b"LEGMOD01\x02\0\0\0{}",
        b"something else entirely",
    ] {
        assert!(Engine::from_bytes(bytes).is_err());
    }
}

#[test]
fn gold_words_keep_their_comments_and_multiword_tokens() {
    let gold = "# sent_id = 1\n# text = They don't.\n1\tThey\t_\t_\t_\t_\t_\t_\t_\t_\n2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\
                2\tdo\t_\t_\t_\t_\t_\t_\t_\t_\n3\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n4\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
    let input = conllu::read(gold).expect("CoNLL-U");
    let doc = ENGINE.analyse_split(input.article, input.sentences);
    let out = conllu::write_commented(&doc, &input.comments, |id| {
        (id.index() == 1).then(|| "Polarity=negative".into())
    });
    assert!(out.starts_with("# sent_id = 1\n# text = They don't.\n1\tThey\tthey\tPRON"), "{out}");
    assert!(out.contains("2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n2\tdo\t"), "{out}");
    assert!(out.contains("Polarity=negative"), "{out}");
    assert!(conllu::read("1\tonly\tthree").is_err_and(|e| e.to_string().contains("line 1")));
}

#[test]
fn chains_are_printed_as_brackets_that_close() {
    let doc = analyse("Kenya said it would open its border. The country had closed it in May.");
    let printed = conllu::write(&doc, |_| None);
    assert!(printed.contains("# global.Entity = eid"), "{printed}");
    let open = printed.matches("(e").count();
    let closed =
        printed.lines().filter(|l| !l.starts_with('#')).map(|l| l.matches(')').count()).sum::<usize>();
    assert!(open > 1 && open == closed, "{printed}");
    assert!(printed.lines().any(|l| l.contains("\tKenya\t") && l.contains("Entity=(e1)")), "{printed}");
}

#[test]
fn sentences_without_a_mark_are_found_and_those_of_news_left_whole() {
    let sentences = |text: &str| {
        let doc = analyse(text);
        doc.sentences.iter().map(|s| doc.words(s.span).to_owned()).collect::<Vec<_>>()
    };
    let mail = sentences("Hi Jeff Please find attached the revised draft for the contract");
    assert_eq!(mail, ["Hi Jeff", "Please find attached the revised draft for the contract"]);
    let news = "The junta, which seized power in July, accused Paris of arming the rebels near Timbuktu.";
    assert_eq!(sentences(news), [news]);
    // Words that are given as one sentence stay one.
    let words = "Hi Jeff Please find attached the revised draft".split(' ').map(str::to_owned).collect();
    assert_eq!(ENGINE.analyse_words(vec![words]).sentences.len(), 1);
}
