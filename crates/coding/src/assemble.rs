//! Puts the stages together: one article's [`Reading`].

use crate::{
    actuality::{self, Reality, RealityReader},
    attribution::{self, Attribution},
    codebook::{Change, Codebook, is_denial},
    commitment::{self, Commitment},
    confidence::{LEAST, Signals},
    frames::{Match, Matcher},
    judged::{self, Bench, Second},
    lexicon::{Aspect, CuePos, Lexicon},
    mentions::{Mention, Mentions, Sort},
    nonevents::Exclusions,
    parties::{Participant, Parties},
    quantities::{self, Count},
    settings,
    sources::{Link, Sources},
    syntax::Syntax,
    times::{self, TimeExpression},
};
use atlas::Atlas;
use jiff::{ToSpan, civil::Date};
use record::{
    Actuality, CharIndex, Doc, EventType, Ground, Judge, Polarity, Quad, Quote, Sector, Span, Stance,
    TokenId, Upos,
    reading::{
        self, Actor, ArticleInfo, Basis, Event, EventPlace, EventTime, Extent, MentionKind, Note, Party,
        Reading, Source, Statement, Versions, Words,
    },
};
use std::collections::HashSet;

/// An event whose time ended more than this many days before the story is history.
const HISTORY_DAYS: i64 = 400;

/// Codes documents against one lexicon and one atlas.
pub struct Coder<'k> {
    lexicon: &'k Lexicon,
    atlas: &'k Atlas,
    /// The newest fact of the atlas: a stand-in for the present where an article has no date.
    newest: Option<Date>,
}

impl<'k> Coder<'k> {
    /// A coder over the given knowledge.
    pub fn new(lexicon: &'k Lexicon, atlas: &'k Atlas) -> Self {
        let newest = atlas.tenures().iter().filter_map(|tenure| tenure.period.from).max();
        Self { lexicon, atlas, newest }
    }

    /// The reading of one document. `explain` adds to each event how its rule matched. `furniture` are stretches that belong
    /// to the page and not to the story (bylines, *Reporting by …*): nothing is read in them.
    ///
    /// `judge`: the learned second opinion; without one the lexicon reads alone.
    pub fn read(&self, doc: &Doc, explain: bool, furniture: &[Span], judge: Option<&dyn Judge>) -> Reading {
        let syntax = Syntax::new(doc);
        let mut mentions = Mentions::find(&syntax, self.atlas);
        mentions.forget(furniture);
        let anchor = doc.article.dateline.as_ref().and_then(|d| d.date).or(doc.article.published);
        let times = times::find(doc, anchor);
        let parties = Parties { syntax: &syntax, mentions: &mentions, atlas: self.atlas };
        let reports = judge.map_or_else(Vec::new, |judge| judge.reports(doc));
        let attributions = attribution::find(&syntax, self.lexicon, &parties, furniture, &reports);
        let speakers = Sources::of(&parties, self.lexicon, &attributions).speakers;
        for (attribution, speaker) in attributions.iter().zip(&speakers).rev() {
            if let Some(speaker) = speaker {
                mentions.first_person(&syntax, &attribution.content, speaker);
            }
        }
        let parties = Parties { syntax: &syntax, mentions: &mentions, atlas: self.atlas };
        let work = Work {
            coder: self,
            doc,
            chars: CharIndex::new(&doc.article.text),
            syntax: &syntax,
            mentions: &mentions,
            parties: &parties,
            times: &times,
            anchor,
            explain,
            furniture,
            judge,
            stated: stated(&syntax, &attributions),
        };
        work.reading(&attributions)
    }

    /// Actuality and polarity of every verbal predicate and event noun, by word.
    ///
    /// With a judge the question is whether it had taken place when the text was written: *will meet* had not (actual,
    /// negative), and the words' own modality (planned, possible …) is kept where the judge leaves it open.
    pub fn realities(&self, doc: &Doc, judge: Option<&dyn Judge>) -> Vec<Option<(Actuality, Polarity)>> {
        let syntax = Syntax::new(doc);
        let reader = RealityReader::new(&syntax, self.lexicon);
        let eventive = |id: &TokenId| match syntax.upos(*id) {
            Upos::Verb => !matches!(syntax.relation(*id), "aux" | "cop" | "case" | "mark"),
            Upos::Noun => {
                !self.lexicon.frames.by_noun(syntax.lemma(*id)).is_empty()
                    || syntax.child(*id, "cop").is_some()
            }
            Upos::Adj => syntax.child(*id, "cop").is_some(),
            _ => false,
        };
        let predicates: Vec<TokenId> =
            (0..doc.tokens.len() as u32).map(TokenId).filter(|id| eventive(id)).collect();
        let stretches: Vec<record::TokenRange> = doc.sentences.iter().map(|s| s.tokens).collect();
        let facts = judge.map(|judge| judge.study(doc, &stretches).facts(&predicates));
        let mut out = vec![None; doc.tokens.len()];
        for (at, id) in predicates.into_iter().enumerate() {
            let reality = reader.of(id);
            let fact = facts.as_ref().and_then(|facts| facts[at]);
            out[id.index()] = Some(actuality::with_judge(&reality, fact));
        }
        out
    }
}

struct Work<'w, 'd, 'k> {
    coder: &'w Coder<'k>,
    doc: &'d Doc,
    chars: CharIndex<'d>,
    syntax: &'w Syntax<'d>,
    mentions: &'w Mentions,
    parties: &'w Parties<'w, 'd>,
    times: &'w [TimeExpression],
    anchor: Option<Date>,
    explain: bool,
    furniture: &'w [Span],
    judge: Option<&'w dyn Judge>,
    /// By word: the innermost statement in whose content it stands.
    stated: Vec<Option<usize>>,
}

impl Work<'_, '_, '_> {
    fn reading(&self, attributions: &[Attribution]) -> Reading {
        let statements = self.statements(attributions);
        let counts = self.counts();
        let (events, notes) = self.events(attributions, &counts);
        let article = &self.doc.article;
        Reading {
            schema: reading::SCHEMA,
            article: ArticleInfo {
                id: article.id.clone(),
                outlet: article.outlet.clone(),
                title: article.title.clone(),
                published: article.published,
                url: article.url.clone(),
                language: article.language.0.clone(),
                credit: article.credit.clone(),
                text: article.text.clone(),
            },
            sentences: self.doc.sentences.iter().map(|s| self.extent(s.span)).collect(),
            mentions: self.mention_list(&counts),
            statements,
            events,
            notes,
            versions: Versions {
                lexicon: self.coder.lexicon.version().to_owned(),
                atlas: self.coder.atlas.version().to_owned(),
                ..Versions::default()
            },
        }
    }

    /// The words a mention is shown with: of a common noun also what says whose it is (*Burundian police*, *Sudan's army*).
    fn phrase_of(&self, mention: &Mention) -> Span {
        let mut start = mention.tokens.start;
        if mention.kind == MentionKind::Person && mention.sort == Sort::Name {
            // *Gabonese Interior Minister X*: the title is the mention's too.
            let mut own = |from: TokenId| {
                let whole = (from.0..start).all(|t| {
                    self.mentions.at(TokenId(t)).is_none_or(|m| m.kind != MentionKind::Person || m == mention)
                });
                if whole {
                    start = from.0;
                }
            };
            let above = self.syntax.head(mention.head).filter(|above| {
                above.0 < mention.tokens.start
                    && matches!(self.syntax.relation(mention.head), "flat" | "appos")
            });
            let same = |at: TokenId| self.mentions.at(at) == Some(mention);
            if let Some(above) = above.filter(|above| same(*above)) {
                own(TokenId(self.syntax.phrase(above).start));
            }
            for kid in
                self.syntax.children(mention.head).iter().rev().filter(|kid| kid.0 < mention.tokens.start)
            {
                if same(*kid) {
                    own(TokenId(self.syntax.phrase(*kid).start));
                }
            }
            return self.syntax.doc.span_of(record::TokenRange { start, end: mention.tokens.end });
        }
        if mention.sort != Sort::Common {
            return mention.span;
        }
        for kid in self.syntax.children(mention.head).iter().rev().filter(|kid| kid.0 < mention.tokens.start)
        {
            let owns = matches!(self.syntax.relation(*kid), "amod" | "compound" | "nmod" | "nummod")
                && (self.syntax.relation(*kid) != "nmod" || self.syntax.deprel(*kid) == "nmod:poss");
            let phrase = self.syntax.phrase(*kid);
            if owns && self.mentions.at(*kid).is_some_and(|m| m.actor.is_some()) {
                start = start.min(phrase.start);
            }
        }
        self.syntax.doc.span_of(record::TokenRange { start, end: mention.tokens.end })
    }

    fn mention_list(&self, counts: &[Count]) -> Vec<reading::Mention> {
        let mut list: Vec<reading::Mention> = self
            .mentions
            .all
            .iter()
            .map(|mention| {
                let words = self.words(self.phrase_of(mention));
                reading::Mention {
                    start: words.start,
                    end: words.end,
                    text: words.text,
                    kind: mention.kind,
                    chain: Some(mention.chain),
                    actor: mention.actor.clone(),
                    place: mention.place.clone().or_else(|| mention.origin.clone()),
                    when: None,
                }
            })
            .collect();
        let plain = |span: Span, kind: MentionKind, when: Option<reading::When>| {
            let Words { start, end, text } = self.words(span);
            reading::Mention { start, end, text, kind, chain: None, actor: None, place: None, when }
        };
        list.extend(self.times.iter().map(|time| plain(time.span, MentionKind::Time, time.when.clone())));
        list.extend(counts.iter().map(|count| plain(count.span, MentionKind::Quantity, None)));
        list.extend(self.weapons().map(|span| plain(span, MentionKind::Weapon, None)));
        list.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
        list
    }

    fn statements(&self, attributions: &[Attribution]) -> Vec<Statement> {
        let sources = Sources::of(self.parties, self.coder.lexicon, attributions);
        let lower = |word: &str| word.to_lowercase();
        let words: Vec<[String; 2]> =
            self.doc.tokens.iter().map(|token| [lower(&token.lemma), lower(&token.form)]).collect();
        let words: Vec<[&str; 2]> = words.iter().map(|both| both.each_ref().map(String::as_str)).collect();
        attributions
            .iter()
            .enumerate()
            .map(|(id, attribution)| {
                let Commitment { certainty, marks } =
                    commitment::of(self.syntax, self.coder.lexicon, &words, attribution);
                let content = attribution::stretches(self.syntax, &attribution.content);
                let cue = attribution.cue.first().zip(attribution.cue.last()).map(|(first, last)| {
                    self.words(self.doc.token(*first).span.cover(self.doc.token(*last).span))
                });
                Statement {
                    id,
                    sources: sources.chain(id).into_iter().map(|link| self.source(link)).collect(),
                    cue,
                    quote: self.quote(&content),
                    content: content.into_iter().map(|span| self.extent(span)).collect(),
                    stance: attribution.stance,
                    certainty,
                    marks,
                    parent: attribution.parent,
                }
            })
            .collect()
    }

    fn source(&self, link: Link) -> Source {
        let Words { start, end, text } = self.words(self.doc.span_of(link.words));
        Source { start, end, text, actor: link.actor, unnamed: link.unnamed }
    }

    /// Whether content stands in quotation marks, wholly or partly.
    fn quote(&self, content: &[Span]) -> Quote {
        let text = &self.doc.article.text;
        let is_mark = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»');
        let opens = content.first().is_some_and(|first| {
            first.of(text).starts_with(is_mark) || text[..first.start as usize].trim_end().ends_with(is_mark)
        });
        let closes = content.last().is_some_and(|last| {
            last.of(text).trim_end_matches(['.', ',']).ends_with(is_mark)
                || text[last.end as usize..].trim_start_matches(['.', ',']).starts_with(is_mark)
        });
        let inside = content.iter().any(|span| span.of(text).contains(is_mark));
        match (opens && closes, inside || opens || closes) {
            (true, _) => Quote::Direct,
            (false, true) => Quote::Mixed,
            _ => Quote::Indirect,
        }
    }

    /// Numbers of people, weapons, money; a year counts nothing.
    fn counts(&self) -> Vec<Count> {
        let mut counts = quantities::find(self.syntax, self.coder.lexicon);
        counts.retain(|count| {
            let after = self.times.partition_point(|time| time.span.end <= count.span.start);
            self.times.get(after).is_none_or(|time| !time.span.overlaps(count.span))
        });
        counts
    }

    /// Nouns that name weapons, outside other mentions.
    fn weapons(&self) -> impl Iterator<Item = Span> {
        let classes = &self.coder.lexicon.classes;
        (0..self.doc.tokens.len() as u32).map(TokenId).filter_map(move |id| {
            let lemma = self.syntax.lemma(id).to_lowercase();
            let noun =
                matches!(self.syntax.upos(id), Upos::Noun | Upos::Propn) && self.mentions.at(id).is_none();
            let weapon = ["weapons", "cbrn_weapons"].iter().any(|class| classes.has(class, &lemma));
            (noun && weapon).then(|| self.doc.token(id).span)
        })
    }

    fn events(&self, attributions: &[Attribution], counts: &[Count]) -> (Vec<Event>, Vec<Note>) {
        let lexicon = self.coder.lexicon;
        let mut matches = Matcher::new(self.syntax, lexicon, self.parties, self.times).all();
        let exclusions = Exclusions::find(self.syntax, lexicon);
        let reader = RealityReader::new(self.syntax, lexicon);
        let bench = self.judge.map(|judge| Bench::hear(judge, &lexicon.frames, self.parties, &matches));
        let beyond = bench
            .as_ref()
            .map_or_else(Vec::new, |bench| bench.beyond(&lexicon.frames, self.parties, &mut matches));
        matches.iter_mut().for_each(|found| self.denies_to_nobody(found));
        let codebook = Codebook::new(self.syntax, lexicon, &matches);
        let mut all: Vec<(&Match<'_>, Option<f32>)> = matches.iter().map(|found| (found, None)).collect();
        all.extend(beyond.iter().map(|(found, sure)| (found, Some(*sure))));
        all.sort_by_key(|(found, _)| found.anchor);
        let anchors: HashSet<TokenId> = all.iter().map(|(found, _)| found.anchor).collect();
        let mut told_at: Vec<Told> = Vec::new();
        let mut notes = Vec::new();
        let told = |(found, _): &&(&Match<'_>, Option<f32>)| {
            let span = self.doc.token(found.anchor).span;
            !self.furniture.iter().any(|piece| piece.contains(span))
        };
        for (found, sure) in all.iter().filter(told) {
            let mut reality = reader.of(found.anchor);
            if let Some((verb, aspect)) = found.light {
                self.support_reality(&mut reality, &reader, verb, aspect);
            }
            if let Some((reason, phrase)) =
                exclusions.reason(self.syntax, found.anchor, found.frame.kind, !found.actors.is_empty())
            {
                if matches!(reason, "history" | "anniversary") {
                    if reality.actuality.is_real() {
                        reality.actuality = Actuality::Historical;
                        reality.why.push(format!("{phrase}: {reason}"));
                    }
                } else {
                    notes.push(self.left_out(found, reason, phrase));
                    continue;
                }
            }
            let ground = bench.as_ref().and_then(|bench| bench.ground(found));
            let disputed =
                self.statement_of(found.anchor).is_some_and(|id| attributions[id].stance == Stance::Denies);
            // Who denies an accusation rejects it, by the words themselves, unless all of it is a game, a figure of speech or business.
            let elsewhere = |ground: &Ground| {
                matches!(ground.reason.as_str(), "sport" | "metaphor" | "fiction" | "business")
            };
            let denies = found.frame.kind == EventType::Reject
                && !ground.as_ref().is_some_and(elsewhere)
                && lexicon
                    .cues
                    .get(CuePos::Verb, self.syntax.lemma(found.anchor))
                    .is_some_and(|cue| cue.stance == Stance::Denies);
            if let Some(ground) = &ground {
                // What a party says of another's acts is its claim, not a court's recapitulation; witnesses, defendants and
                // charges recapitulate.
                let claimed = ground.reason == "court"
                    && self.statement_of(found.anchor).is_some_and(|id| {
                        let speaker = attributions[id].source.and_then(|source| self.parties.resolve(source));
                        speaker.is_some_and(|speaker| {
                            let party = speaker.actor.country.is_some() || speaker.actor.body.is_some();
                            party && !matches!(speaker.actor.sector, Some(Sector::JUD | Sector::COP))
                        })
                    });
                let told = reality.happened() || reality.ended;
                let second = bench.as_ref().and_then(|bench| bench.on(self.syntax, found, found.frame.kind));
                let bar = judged::Bar::of(found, sure.is_some(), second.as_ref());
                if told && !claimed && !denies && judged::is_silent(ground, bar) {
                    let phrase = format!("as the judge reads the sentence, {:.2}", ground.share);
                    notes.push(self.left_out(found, &ground.reason, &phrase));
                    continue;
                }
                judged::unreal(&mut reality, found.frame.kind, ground, bar, self.is_of_late(found.anchor));
            }
            if let Some((code, text)) = no_politics(found) {
                let span = self.doc.span_of(found.words);
                let text = format!(
                    "“{}” is not coded as {}: {text}",
                    self.doc.words(span),
                    found.frame.kind.as_str()
                );
                notes.push(Note { code: code.into(), text, at: Some(self.extent(span)) });
                continue;
            }
            if sure.is_some()
                && !judged::settle(self.syntax, lexicon, found, sure.unwrap_or_default(), &mut reality)
            {
                continue;
            }
            let change = codebook.change(found, &reality).filter(|_| sure.is_none());
            let kind = change.as_ref().map_or(found.frame.kind, |change| change.kind);
            let mut second = bench
                .as_ref()
                .filter(|_| sure.is_none())
                .and_then(|bench| bench.on(self.syntax, found, kind));
            // *accused Abu Dhabi of arming the rebels*: between those two the accusation is all the judge sees; the act stays an act.
            let reported = self.statement_of(found.anchor).is_some();
            // *denied that Minsk had attacked*: that there is nothing between those two is what the denial says.
            if let Some(second) = second.as_mut().filter(|_| disputed) {
                second.objects = false;
            }
            if let Some(second) = second.as_mut().filter(|_| reported) {
                second.retyped = second.retyped.filter(|kind| kind.quad() != Quad::VerbalConflict);
            }
            if let Some(second) = second.as_mut().filter(|_| found.frame.layer > 0) {
                // A user's own word means what the user says.
                (second.retyped, second.objects) = (None, false);
            }
            if let Some(second) = second.as_ref().filter(|second| second.objects) {
                let span = self.doc.span_of(found.words);
                let text =
                    format!("“{}” is not coded as {}: {}", self.doc.words(span), kind.as_str(), second.why);
                notes.push(Note { code: "R-judge".into(), text, at: Some(self.extent(span)) });
                continue;
            }
            let mut event = self.event(told_at.len(), found, reality);
            self.apply(&mut event, found.frame.kind, change, second.as_ref());
            let upos = |id| self.syntax.upos(id);
            let signals = Signals::of(&event, found, ground.as_ref(), second.as_ref(), *sure, upos);
            let confidence = signals.confidence(lexicon);
            // A user's own word means what the user says.
            if confidence < LEAST && found.frame.layer == 0 && !denies && !(disputed && sure.is_none()) {
                let phrase = format!("confidence {confidence:.2}");
                notes.push(self.left_out(found, "doubt", &phrase));
                continue;
            }
            event.confidence = two_digits(confidence);
            event.why.iter_mut().for_each(|why| why.push(signals.why(lexicon)));
            if let Some(recipients) = codebook.inherited(found) {
                event.recipients = recipients.iter().map(|p| self.party(p)).collect();
            }
            event.quantities = settings::counts(self.syntax, counts, &|at| anchors.contains(&at), found)
                .into_iter()
                .map(|count| {
                    let words = self.words(count.span);
                    reading::Quantity {
                        start: words.start,
                        end: words.end,
                        text: words.text,
                        what: count.what.clone(),
                        low: count.low,
                        high: count.high,
                        unit: count.unit.clone(),
                    }
                })
                .collect();
            // The act under *promised*, *threatened*, *refused* is what the word's event is about.
            let word = codebook.part_of(found).filter(|_| sure.is_none());
            told_at.push((found.anchor, event, word.map(|word| (word, found.frame.kind))));
        }
        (join(told_at), notes)
    }

    /// The codebook's change of type, then the judge's second opinion.
    fn apply(&self, event: &mut Event, base: EventType, change: Option<Change>, second: Option<&Second>) {
        let retype = |event: &mut Event, kind: EventType| {
            event.kind = kind;
            event.quad = kind.quad() as u8;
            event.mode = None;
            event.cameo = None;
            event.intensity = None;
        };
        let explain =
            |event: &mut Event, why: String| event.why.iter_mut().for_each(|list| list.push(why.clone()));
        if let Some(change) = change {
            retype(event, change.kind);
            event.content = Some(base);
            event.polarity = change.polarity.unwrap_or(event.polarity);
            explain(event, change.why);
        }
        if let Some(second) = second {
            explain(event, second.why.clone());
            if let Some(kind) = second.retyped {
                retype(event, kind);
                explain(event, "judge: its type is taken".into());
            }
        }
    }

    /// What a support verb says of the act, where it is no operator by itself.
    fn support_reality(
        &self,
        reality: &mut Reality,
        reader: &RealityReader<'_, '_>,
        verb: TokenId,
        aspect: Aspect,
    ) {
        let verbs = reader.of(verb);
        let known = reality.why.iter().any(|why| why.starts_with(self.syntax.lemma(verb)));
        if !verbs.actuality.is_real() && reality.actuality.is_real() {
            reality.actuality = verbs.actuality;
            reality.why.extend(verbs.why.iter().cloned());
        }
        if verbs.polarity == Polarity::Negative && reality.polarity == Polarity::Positive && !known {
            reality.polarity = Polarity::Negative;
        }
        if known {
            return;
        }
        match aspect {
            Aspect::Plan if reality.actuality.is_real() => reality.actuality = Actuality::Planned,
            Aspect::Ask if reality.actuality.is_real() => reality.actuality = Actuality::Requested,
            Aspect::Order if reality.actuality.is_real() => reality.actuality = Actuality::Requested,
            Aspect::Refuse => reality.polarity = Polarity::Negative,
            Aspect::End => reality.ended = true,
            _ => {}
        }
    }

    fn left_out(&self, found: &Match<'_>, reason: &str, phrase: &str) -> Note {
        let span = self.doc.span_of(found.words);
        Note {
            code: format!("R-{reason}"),
            text: format!(
                "“{}” is not coded as {}: {reason} ({phrase})",
                self.doc.words(span),
                found.frame.kind.as_str()
            ),
            at: Some(self.extent(span)),
        }
    }

    fn event(&self, id: usize, found: &Match<'_>, mut reality: Reality) -> Event {
        let frame = found.frame;
        let time = settings::time(self.syntax, self.coder.lexicon, self.times, found);
        if let Some(time) = time
            && reality.actuality.is_real()
            && (time.remote || self.is_history(time))
        {
            reality.actuality = Actuality::Historical;
            reality.why.push(format!("{}: historical", self.doc.words(time.span)));
        }
        if time.is_none() && reality.actuality.is_real() {
            let around = [
                (self.clause_is_history(found.anchor), "the clause around it"),
                (self.partner_is_history(found.anchor), "what it is joined with"),
                (self.time_clause_is_history(found.anchor), "the time clause under it"),
            ];
            if let Some((_, what)) = around.into_iter().find(|(holds, _)| *holds) {
                reality.actuality = Actuality::Historical;
                reality.why.push(format!("{what}: historical"));
            }
        }
        if reality.ended && reality.polarity == Polarity::Positive {
            // What was ended or called off is not going on: it is told as not so, with the words kept in the explanation.
            reality.polarity = Polarity::Negative;
        }
        let place = settings::place(self.syntax, self.mentions, found);
        let basis = settings::bases(self.syntax, self.mentions, &self.coder.lexicon.basis, found);
        let mut why = vec![format!("{} ({}:{})", frame.gloss, frame.file, frame.line)];
        why.extend(found.why.iter().cloned());
        for (side, participants) in [("actor", &found.actors), ("recipient", &found.recipients)] {
            why.extend(
                participants
                    .iter()
                    .map(|p| format!("path to {side}: {}", self.syntax.route(found.anchor, p.token))),
            );
        }
        why.extend(reality.why.iter().cloned());
        Event {
            id,
            content: None,
            kind: frame.kind,
            mode: frame.mode.clone(),
            contexts: frame.contexts.clone(),
            cameo: frame.cameo.clone(),
            quad: frame.kind.quad() as u8,
            intensity: frame.cameo.as_deref().and_then(|code| self.coder.lexicon.cameo.intensity(code)),
            actors: found.actors.iter().map(|p| self.party(p)).collect(),
            recipients: found.recipients.iter().map(|p| self.party(p)).collect(),
            anchor: self.words(self.doc.span_of(found.words)),
            place: place.map(|(mention, place)| {
                let words = self.words(mention.span);
                EventPlace { start: words.start, end: words.end, text: words.text, place }
            }),
            when: time.and_then(|time| {
                let words = self.words(time.span);
                use Actuality::{Conditional, Planned, Promised, Requested, Threatened};
                let looks_ahead = reality.intended
                    || matches!(reality.actuality, Planned | Promised | Threatened | Requested | Conditional);
                // *hosts the talks in March*, told in November: what the present tense says of a month long past is to come.
                let announced = || {
                    let past = time.when.as_ref().and_then(|when| when.to).zip(self.doc.article.published);
                    let long_past = past.is_some_and(|(to, on)| to < on.saturating_sub(60.days()));
                    long_past && self.doc.token(found.anchor).feats.has("Tense", "Pres")
                };
                let ahead = time.ahead.clone().filter(|_| looks_ahead || announced());
                let lasting = time.lasting.clone().filter(|_| {
                    self.syntax
                        .children(found.anchor)
                        .iter()
                        .any(|kid| self.syntax.relation(*kid) == "aux" && self.syntax.lemma(*kid) == "have")
                });
                let when = time.when.clone().filter(|_| !time.deadline);
                let when = ahead.or(lasting).or(when)?;
                Some(EventTime { start: words.start, end: words.end, text: words.text, when })
            }),
            actuality: reality.actuality,
            polarity: reality.polarity,
            quantities: Vec::new(),
            basis: basis
                .into_iter()
                .map(|basis| {
                    let words = self.words(basis.span);
                    Basis {
                        start: words.start,
                        end: words.end,
                        text: words.text,
                        treaty: basis.mention.treaty.clone(),
                        article: basis.article,
                    }
                })
                .collect(),
            statement: self.statement_of(found.anchor),
            confidence: 0.0,
            rule: format!("{}.{}", frame.id, found.form),
            why: self.explain.then_some(why),
        }
    }

    /// *sent troops in 2013 after insurgents had seized the town*: what led up to history is history.
    fn clause_is_history(&self, anchor: TokenId) -> bool {
        let syntax = self.syntax;
        let subordinate =
            syntax.path_up(anchor).take(6).find(|at| matches!(syntax.relation(*at), "advcl" | "acl"));
        let Some(above) = subordinate.and_then(|clause| syntax.head(clause)) else { return false };
        self.is_told_of_history(syntax.clause(above), anchor)
    }

    /// *imposed sanctions after Rome had invaded in 1935*: what followed on history is history, unless the sentence tells a day of late.
    fn time_clause_is_history(&self, anchor: TokenId) -> bool {
        let syntax = self.syntax;
        let clause = syntax.clause(anchor);
        let opens = |id: TokenId| {
            syntax.children_by(id, "mark").any(|mark| {
                matches!(syntax.lemma(mark), "after" | "before" | "when" | "while" | "as" | "until")
            })
        };
        let mut clauses = syntax.children_by(clause, "advcl").filter(|id| opens(*id));
        clauses.any(|id| self.is_told_of_history(id, anchor)) && !self.is_of_late(anchor)
    }

    /// *captured and shot him in 1967*: verbs that share their subject share a date that only one of them has.
    fn partner_is_history(&self, anchor: TokenId) -> bool {
        let syntax = self.syntax;
        let joined = |id: &TokenId| {
            syntax.relation(*id) == "conj" && syntax.is_predicate(*id) && syntax.child(*id, "nsubj").is_none()
        };
        let first = Some(anchor).filter(joined).and_then(|id| syntax.head(id)).unwrap_or(anchor);
        let members = syntax.children_by(first, "conj").filter(joined).chain([first]);
        let mut partners = members.filter(|member| *member != anchor && syntax.is_predicate(*member));
        partners.any(|partner| self.is_told_of_history(partner, anchor))
    }

    /// Whether a date of the past hangs on the clause of `main`, in the sentence of `anchor`.
    fn is_told_of_history(&self, main: TokenId, anchor: TokenId) -> bool {
        let syntax = self.syntax;
        let sentence = &self.doc.sentences[self.doc.sentence_of(anchor)];
        let first = self.times.partition_point(|time| time.tokens.start < sentence.tokens.start);
        self.times[first..].iter().take_while(|time| time.tokens.start < sentence.tokens.end).any(|time| {
            let head = TokenId(time.tokens.end - 1);
            let hangs =
                syntax.path_up(head).take(5).skip(1).find(|at| syntax.is_predicate(*at)) == Some(main);
            hangs && (time.remote || self.is_history(time))
        })
    }

    /// Whether the word's sentence tells a day or month that is not history.
    fn is_of_late(&self, word: TokenId) -> bool {
        let sentence = &self.doc.sentences[self.doc.sentence_of(word)];
        let first = self.times.partition_point(|time| time.tokens.start < sentence.tokens.start);
        let mut these = self.times[first..].iter().take_while(|time| time.tokens.start < sentence.tokens.end);
        these.any(|time| !time.remote && time.when.is_some() && !self.is_history(time))
    }

    fn is_history(&self, time: &TimeExpression) -> bool {
        let Some(end) = time.when.as_ref().and_then(|when| when.to) else { return false };
        match self.anchor {
            Some(anchor) => end < anchor.saturating_sub(HISTORY_DAYS.days()),
            // Without a date the article itself is of unknown age; only what is old by any measure is history.
            None => self.coder.newest.is_some_and(|day| end < day.saturating_sub(10.years())),
        }
    }

    /// *denied that Minsk had attacked Warsaw*: neither is who is contradicted; the parties of the act stay with the act.
    fn denies_to_nobody(&self, found: &mut Match<'_>) {
        if !is_denial(self.syntax, self.coder.lexicon, found) {
            return;
        }
        let clause = self.syntax.children(found.anchor).iter().copied().find(|kid| {
            matches!(self.syntax.relation(*kid), "ccomp" | "xcomp" | "advcl") && *kid > found.anchor
        });
        if let Some(clause) = clause {
            let inside = |at: TokenId| self.syntax.path_up(at).any(|above| above == clause);
            found.recipients.retain(|party| !inside(party.token));
        }
    }

    /// The innermost statement in whose content the word stands.
    fn statement_of(&self, word: TokenId) -> Option<usize> {
        self.stated.get(word.index()).copied().flatten()
    }

    fn party(&self, participant: &Participant) -> Party {
        let words = self.words(self.parties.span(participant));
        let Actor { name, country, body, sector, code, role } = participant.actor.clone();
        Party {
            start: words.start,
            end: words.end,
            text: words.text,
            name,
            country,
            body,
            sector,
            code,
            role,
        }
    }

    fn extent(&self, span: Span) -> Extent {
        let (start, end) = self.chars.range(span);
        Extent { start, end }
    }

    fn words(&self, span: Span) -> Words {
        let (start, end) = self.chars.range(span);
        Words { start, end, text: self.doc.words(span).to_owned() }
    }
}

/// By word: the innermost statement in whose content it stands. In *denied backing rebels* the second verb is said, even where both are the cue.
fn stated(syntax: &Syntax<'_>, attributions: &[Attribution]) -> Vec<Option<usize>> {
    let mut stated: Vec<Option<usize>> = vec![None; syntax.doc.tokens.len()];
    for (index, attribution) in attributions.iter().enumerate() {
        let is_said = |word: &&TokenId| {
            matches!(syntax.relation(**word), "xcomp" | "ccomp")
                && syntax.head(**word).is_some_and(|above| attribution.cue.contains(&above))
        };
        for word in attribution.content.iter().chain(attribution.cue.iter().filter(is_said)) {
            let place = &mut stated[word.index()];
            let inner = place
                .is_none_or(|other: usize| attribution.content.len() <= attributions[other].content.len());
            if inner {
                *place = Some(index);
            }
        }
    }
    stated
}

/// Why the parties of a match make it no political event: nobody known by state, body or sector; or companies only.
fn no_politics(found: &Match<'_>) -> Option<(&'static str, &'static str)> {
    let mut parties = found.actors.iter().chain(&found.recipients).map(|p| &p.actor).peekable();
    let known = |actor: &Actor| actor.country.is_some() || actor.body.is_some() || actor.sector.is_some();
    if !parties.clone().any(known) {
        return Some(("R-actor", "no party is known by state, body or sector"));
    }
    parties
        .all(|actor| matches!(actor.sector, Some(Sector::BUS | Sector::MNC)))
        .then_some(("R-business", "companies among themselves"))
        .or_else(|| {
            // So is what a company does otherwise, unless it is of a known state and its other side is political.
            let company = |p: &Participant| matches!(p.actor.sector, Some(Sector::BUS | Sector::MNC));
            let political = |p: &Participant| match p.actor.sector {
                Some(Sector::BUS | Sector::MNC | Sector::LAB) => false,
                Some(_) => true,
                None => p.actor.country.is_some() || p.actor.body.is_some(),
            };
            let of_no_state = |p: &Participant| p.actor.country.is_none();
            (!found.actors.is_empty()
                && found.actors.iter().all(company)
                && (found.actors.iter().all(of_no_state) || !found.recipients.iter().any(political)))
            .then_some(("R-business", "a company's own business"))
        })
}

/// An event with its anchor and, where it is the act under another's word, that word's anchor and the act's own type.
type Told = (TokenId, Event, Option<(TokenId, EventType)>);

/// Lets the act under a word become part of the word's event, with what the words say of its place, time and numbers.
fn join(told: Vec<Told>) -> Vec<Event> {
    let mut events: Vec<(TokenId, Event)> = Vec::with_capacity(told.len());
    let mut parts = Vec::new();
    for (anchor, event, part) in told {
        match part {
            Some((word, kind)) => parts.push((anchor, event, word, kind)),
            None => events.push((anchor, event)),
        }
    }
    for (anchor, part, word, kind) in parts {
        match events.iter_mut().find(|(at, _)| *at == word) {
            Some((_, event)) => {
                event.content = Some(kind);
                event.place = event.place.take().or(part.place);
                event.when = event.when.take().or(part.when);
                if event.contexts.is_empty() {
                    event.contexts = part.contexts;
                }
                for quantity in part.quantities {
                    if !event.quantities.iter().any(|q| q.start == quantity.start) {
                        event.quantities.push(quantity);
                    }
                }
                for basis in part.basis {
                    if !event.basis.iter().any(|b| b.start == basis.start) {
                        event.basis.push(basis);
                    }
                }
                event.confidence = event.confidence.max(part.confidence);
                if let Some(why) = &mut event.why {
                    why.extend(part.why.into_iter().flatten());
                }
            }
            // The word itself was left out (as no event, or by the judge); then so the act stands alone.
            None => events.push((anchor, part)),
        }
    }
    events.sort_by_key(|(anchor, _)| *anchor);
    let numbered = events.into_iter().enumerate();
    numbered.map(|(id, (_, event))| Event { id, ..event }).collect()
}

fn two_digits(value: f32) -> f32 {
    (value.clamp(0.01, 0.99) * 100.0).round() / 100.0
}
