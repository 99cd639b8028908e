//! Statements as a network reads them, joined with those that the rules read.
//!
//! The network finds the outermost statements, with the words of source, cue and content; the rules know stances, what stands inside a
//! statement's content, and who is cited between the two. Where both find a statement, its words are the network's.
//!
//! Out of scope: the network itself (crate `language`), and the rules ([`crate::attribution`]).

use crate::{
    attribution::{Attribution, given_up, is_ended, reach, turned},
    lexicon::{Content, Cue, CuePos, Lexicon},
    syntax::Syntax,
};
use record::{Report, Stance, TokenId, TokenRange, Upos};
use std::collections::HashMap;

/// From this share on, a report of the network stands alone.
const ALONE: f32 = 0.4;

/// From this share on, it stands where the rules see one at the same words.
const AGREED: f32 = 0.2;

/// From this share on, it also does where it is the only one of its sentence.
const ONLY: f32 = 0.05;

/// The reports to trust.
pub(crate) fn trusted<'r>(
    syntax: &Syntax<'_>,
    lexicon: &Lexicon,
    reports: impl Iterator<Item = &'r Report>,
    ruled: &[Attribution],
) -> Vec<&'r Report> {
    let mut seen = vec![false; syntax.doc.tokens.len()];
    ruled.iter().flat_map(|one| &one.cue).for_each(|word| seen[word.index()] = true);
    let agreed = |report: &Report| report.cue.iter().any(|word| seen[word.index()]);
    let reports = reports.filter(|report| is_of_words(syntax, lexicon, report));
    let sentence = |report: &Report| syntax.doc.sentence_of(report.cue[0]);
    let mut seen_in = vec![false; syntax.doc.sentences.len()];
    let (sure, unsure): (Vec<&Report>, Vec<&Report>) =
        reports.partition(|report| report.share >= if agreed(report) { AGREED } else { ALONE });
    sure.iter().for_each(|report| seen_in[sentence(report)] = true);
    let only = |report: &&Report| !seen_in[sentence(report)] && agreed(report) && report.share >= ONLY;
    let mut trusted: Vec<&Report> = unsure.into_iter().filter(only).collect();
    trusted.extend(sure);
    trusted.sort_by_key(|report| std::ptr::from_ref(*report));
    // Read once on the whole and once inside what is said: the likelier stays.
    let mut best: Vec<f32> = vec![0.0; syntax.doc.tokens.len()];
    for report in &trusted {
        report.cue.iter().for_each(|word| best[word.index()] = best[word.index()].max(report.share));
    }
    let mut taken = vec![false; syntax.doc.tokens.len()];
    trusted.retain(|report| {
        let wins = report.cue.iter().all(|word| best[word.index()] <= report.share && !taken[word.index()]);
        report.cue.iter().filter(|_| wins).for_each(|word| taken[word.index()] = true);
        wins
    });
    trusted
}

/// Not *shot down a drone*: of a verb that reports words only when its object is one, the thing must be such a word.
fn is_of_words(syntax: &Syntax<'_>, lexicon: &Lexicon, report: &Report) -> bool {
    // *a*, *is* alone report nothing.
    if report.cue.iter().all(|id| matches!(syntax.upos(*id), Upos::Det | Upos::Aux)) {
        return false;
    }
    let of_words = cue_of(syntax, lexicon, &report.cue)
        .is_some_and(|cue| cue.content.contains(&Content::Claim) && !cue.content.contains(&Content::Np));
    let inside = |id: TokenId| report.content.contains(&id);
    let mut tops = report.content.iter().filter(|id| !syntax.head(**id).is_some_and(inside));
    !of_words || tops.any(|id| syntax.is_predicate(*id) || lexicon.is_words(syntax.lemma(*id)))
}

/// Puts the two lists together.
pub(crate) fn join(
    syntax: &Syntax<'_>,
    lexicon: &Lexicon,
    reports: &[&Report],
    ruled: Vec<Attribution>,
) -> Vec<Attribution> {
    // By word: the report whose cue it is of, and the one in whose content it stands.
    let words = syntax.doc.tokens.len();
    let (mut cue_of, mut content_of) = (vec![None; words], vec![None; words]);
    let mut is_source = vec![false; words];
    for (index, report) in reports.iter().enumerate() {
        report.cue.iter().for_each(|word| cue_of[word.index()] = Some(index));
        report.source.iter().for_each(|word| is_source[word.index()] = true);
        for word in &report.content {
            // The innermost: the later ones stand inside the earlier.
            content_of[word.index()] = Some(index);
        }
    }
    let mut found: Vec<Attribution> = reports.iter().map(|report| attribution(syntax, report)).collect();
    // What stands in the content of a report is looked up by its first word, so that the cost does not grow with the number of reports.
    let holder = |one: &Attribution| one.content.first().and_then(|word| content_of[word.index()]);
    let apart: Vec<bool> = ruled
        .iter()
        .map(|one| holder(one).is_some_and(|index| takes_back(syntax, one, &mut found[index])))
        .collect();
    found.iter_mut().for_each(|one| interposed(syntax, one));
    // A gap of what is said belongs to it: *reported that, according to B, …*.
    for (index, one) in found.iter().enumerate() {
        for word in reach(syntax, one) {
            content_of[word as usize].get_or_insert(index);
        }
    }
    let mut ruled_stances: Vec<Option<Stance>> = vec![None; reports.len()];
    for (one, apart) in ruled.into_iter().zip(apart) {
        let same = one.cue.iter().find_map(|word| cue_of[word.index()]);
        if let Some(index) = same {
            ruled_stances[index].get_or_insert(one.stance);
            continue;
        }
        let Some(outer) = one.cue.first().and_then(|word| content_of[word.index()]) else {
            // *Leaked report: ministry admitted …*: the network seldom sees who stands before a colon. Who accuses or denies without being
            // seen must not be lost, since what is accused would stand as the outlet's word.
            let colon =
                one.cue.first().is_some_and(|cue| matches!(syntax.upos(*cue), Upos::Punct | Upos::Sym));
            let telling = colon || one.stance != Stance::Affirms;
            let unseen = telling && one.source.is_some_and(|source| !is_source[source.index()]);
            // *A reported, citing B*: the network may see the second report only.
            let mut below = one.cue.iter().flat_map(|cue| syntax.children(*cue));
            let cites = below
                .any(|kid| cue_of[kid.index()].is_some() && syntax.doc.token(*kid).form.ends_with("ing"));
            if unseen || cites || apart {
                found.push(one);
            }
            continue;
        };
        // *quoted B as saying that*: who says is not A once more.
        let again = one.source.is_some_and(|source| reports[outer].source.contains(&source));
        if !again {
            found.push(one);
        }
    }
    let known: Vec<Option<Stance>> = reports
        .iter()
        .zip(ruled_stances)
        .map(|(report, ruled)| ruled.or_else(|| of_cue(syntax, lexicon, &report.cue)))
        .collect();
    let sentence = |report: &Report| syntax.doc.sentence_of(report.cue[0]);
    // By sentence and stance: how sure the surest report is of it; a word of the lexicon is.
    let mut surest: HashMap<(usize, Stance), f32> = HashMap::new();
    for (report, known) in reports.iter().zip(&known) {
        let telling = known.filter(|known| *known != Stance::Affirms);
        let (stance, share) = telling.map_or_else(|| learned(report), |known| (known, 1.0));
        let place = surest.entry((sentence(report), stance)).or_default();
        *place = place.max(share);
    }
    for ((attribution, report), known) in found.iter_mut().zip(reports).zip(known) {
        attribution.stance = settled(known, report, &|stance| {
            surest.get(&(sentence(report), stance)).copied().unwrap_or_default()
        });
    }
    found
}

/// *"We failed," A said. "We did not," B said.*: where the network gave what B says (`one`), but not who says it, to A (`other`), that is taken
/// back from A.
fn takes_back(syntax: &Syntax<'_>, one: &Attribution, other: &mut Attribution) -> bool {
    let (Some(source), Some(cue), Some(first)) = (one.source, one.cue.first(), one.content.first()) else {
        return false;
    };
    let sentence = |id: TokenId| syntax.doc.sentence_of(id);
    let has = |id: TokenId| other.content.binary_search(&id).is_ok();
    let elsewhere = other.cue.first().is_some_and(|cue| sentence(*cue) != sentence(*first));
    let apart = elsewhere && sentence(*cue) == sentence(*first) && has(*first) && !has(*cue) && !has(source);
    if apart {
        other.content.retain(|id| sentence(*id) != sentence(*first));
    }
    apart
}

fn attribution(syntax: &Syntax<'_>, report: &Report) -> Attribution {
    let head = |words: &[TokenId]| {
        let inside = |id: TokenId| words.contains(&id);
        let tops: Vec<TokenId> =
            words.iter().copied().filter(|id| !syntax.head(*id).is_some_and(inside)).collect();
        let nominal = |id: &TokenId| matches!(syntax.upos(*id), Upos::Noun | Upos::Propn | Upos::Pron);
        tops.iter().copied().find(nominal).or_else(|| words.iter().copied().find(nominal))
    };
    let own =
        subject(syntax, report).filter(|_| report.source.is_empty()).map(|subject| syntax.phrase(subject));
    let own: Vec<TokenId> = own.map(|phrase| phrase.ids().collect()).unwrap_or_default();
    let of_nobody = |id: &TokenId| {
        syntax.lemma(*id).eq_ignore_ascii_case("it")
            && report.cue.iter().any(|cue| syntax.head(*id) == Some(*cue) && syntax.is_passive(*cue))
    };
    let named: Vec<TokenId> = report.source.iter().copied().filter(|id| !of_nobody(id)).collect();
    let source = if own.is_empty() { nearest(&named, &report.cue) } else { &own };
    let source_words = source.first().zip(source.last());
    let mut content = report.content.clone();
    content.retain(|id| !own.contains(id));
    content.drain(..before_that(syntax, &report.cue, &content));
    Attribution {
        source: head(source).or(source.first().copied()),
        source_words: source_words
            .map(|(first, last)| syntax.written_whole(TokenRange { start: first.0, end: last.0 + 1 })),
        cue: report.cue.clone(),
        content,
        stance: Stance::Affirms,
        parent: None,
    }
}

/// *X has left, A reported, though …*: what stands before the report is said too. But in *A says X, B denies Y* each has its own.
fn interposed(syntax: &Syntax<'_>, one: &mut Attribution) {
    let Some(verb) = one.cue.iter().copied().find(|id| syntax.upos(*id) == Upos::Verb) else { return };
    let Some(above) = syntax.head(verb).filter(|above| syntax.deprel(verb) == "parataxis" && *above < verb)
    else {
        return;
    };
    let start = one.source_words.map_or(verb.0, |words| words.start).min(one.cue[0].0);
    let comma = start > 0 && syntax.doc.token(TokenId(start - 1)).form == ",";
    let takes = |kid: &TokenId| matches!(syntax.relation(*kid), "obj" | "ccomp" | "xcomp") && *kid > verb;
    if syntax.children(verb).iter().any(takes) {
        return;
    }
    if !comma || one.content.first().is_some_and(|first| *first < verb) || above.0 >= start {
        return;
    }
    let first = syntax.doc.sentences[syntax.doc.sentence_of(verb)].tokens.start;
    one.content.splice(0..0, (first..start - 1).map(TokenId));
}

/// How many words before *that* tell of the report and not of what is said: *said for the first time that …*.
fn before_that(syntax: &Syntax<'_>, cue: &[TokenId], content: &[TokenId]) -> usize {
    let that = content.iter().take(12).position(|id| {
        syntax.relation(*id) == "mark"
            && syntax.lemma(*id) == "that"
            && syntax.head(*id).is_some_and(|head| syntax.deprel(head) == "ccomp" && content.contains(&head))
    });
    let of_report = |id: &TokenId| {
        cue.last().is_some_and(|last| last < id)
            && syntax.path_up(*id).take(4).any(|above| cue.contains(&above))
    };
    let outside = |id: &TokenId| of_report(id) && !syntax.is_predicate(*id);
    that.filter(|that| content[..*that].iter().all(outside)).unwrap_or(0)
}

/// The subject of the verb that reports, where it is a nominal; of a passive, outside what is said.
fn subject(syntax: &Syntax<'_>, report: &Report) -> Option<TokenId> {
    let verb = report.cue.iter().copied().find(|id| syntax.upos(*id) == Upos::Verb)?;
    let subject = syntax.child(verb, "nsubj")?;
    let nominal = matches!(syntax.upos(subject), Upos::Noun | Upos::Propn | Upos::Pron);
    // *it is said*: nobody says it.
    let nominal = nominal && !(syntax.lemma(subject) == "it" && syntax.is_passive(verb));
    // *a charge Kigali denied*: the verb's own subject is none of what is said, whatever stands around it.
    let said = |id: TokenId| report.content.contains(&id);
    let relative = syntax.doc.token(subject).feats.has("PronType", "Rel");
    let own = !syntax.is_passive(verb) && subject < verb && !relative;
    (nominal && (own || !syntax.phrase(subject).ids().any(said))).then_some(subject)
}

/// Of a source in several stretches the one next to the cue: *according to A, B says* has two sources and not one.
fn nearest<'r>(source: &'r [TokenId], cue: &[TokenId]) -> &'r [TokenId] {
    let distance = |stretch: &&[TokenId]| {
        let ends = [stretch[0].0, stretch[stretch.len() - 1].0];
        cue.iter().flat_map(|word| ends.map(|end| end.abs_diff(word.0))).min()
    };
    source.chunk_by(|a, b| a.0 + 1 == b.0).min_by_key(distance).unwrap_or(source)
}

/// From this probability on, what was learned takes the place of a cue that only speaks, and of a cue of another stance.
const SURE: f32 = 0.45;
const SURER: f32 = 0.6;

/// The same for a doubt in plain words, which is hard to tell from plain news.
const SUREST: f32 = 0.7;

/// A stance of the lexicon to which what was learned gives less than this is in doubt.
const DOUBT: f32 = 0.2;

/// The stance that was learned, with its probability.
fn learned(report: &Report) -> (Stance, f32) {
    let stances = Stance::ALL.into_iter().zip(report.stances);
    stances.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or_default()
}

/// The stance by the lexicon and by what was learned. A word of the lexicon that does more than speak counts most; what a plain word brings
/// (*"This is a lie," he said*) only the sentence shows, unless another report in it is surer of that stance (*A says X, B denies it*): `surest`.
fn settled(lexicon: Option<Stance>, report: &Report, surest: &dyn Fn(Stance) -> f32) -> Stance {
    let (best, share) = learned(report);
    let of =
        |stance: Stance| Stance::ALL.iter().position(|s| *s == stance).map_or(0.0, |at| report.stances[at]);
    match lexicon {
        Some(Stance::Affirms) | None
            if share >= if best == Stance::Questions { SUREST } else { SURE } && share >= surest(best) =>
        {
            best
        }
        // *confirmed*, *accused*: that such a word only speaks, the sentence alone does not show.
        Some(stance)
            if ![stance, best].contains(&Stance::Affirms) && of(stance) < DOUBT && share >= SURER =>
        {
            best
        }
        Some(stance) => stance,
        None => Stance::Affirms,
    }
}

/// The stance of a cue by the lexicon's word in it.
fn of_cue(syntax: &Syntax<'_>, lexicon: &Lexicon, cue: &[TokenId]) -> Option<Stance> {
    let negated = cue.iter().any(|id| matches!(syntax.lemma(*id), "not" | "never" | "n't" | "no"));
    let ended = cue.iter().any(|id| is_ended(syntax, *id));
    cue_of(syntax, lexicon, cue)
        .map(|cue| if ended { given_up(cue.stance) } else { turned(cue.stance, negated) })
}

/// The lexicon's entry for a cue: *issued a denial*, of several words the one that does more than speak.
pub(crate) fn cue_of<'l>(syntax: &Syntax<'_>, lexicon: &'l Lexicon, cue: &[TokenId]) -> Option<&'l Cue> {
    let known = |id: &TokenId| {
        let (pos, lemma) = match syntax.upos(*id) {
            Upos::Verb => (CuePos::Verb, syntax.verb_lemma(*id)),
            Upos::Noun | Upos::Propn => (CuePos::Noun, syntax.lemma(*id).to_lowercase()),
            Upos::Adj => (CuePos::Adjective, syntax.lemma(*id).to_lowercase()),
            Upos::Adv => (CuePos::Adverb, syntax.lemma(*id).to_lowercase()),
            _ => return None,
        };
        lexicon.cues.get(pos, &lemma)
    };
    let cues: Vec<&Cue> = cue.iter().filter_map(known).collect();
    let telling = cues.iter().copied().find(|cue| cue.stance != Stance::Affirms);
    telling.or(cues.first().copied())
}
