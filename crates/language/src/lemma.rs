//! Lemma edit rules learned by `training/data.py`: `L-3+y` lower-cases, cuts three characters and adds `y` (*studied*, *study*).
//!
//! Case `L` is the lower-cased form, `K` the form kept, `T` the form in title case; `=be` replaces the form altogether.

/// One rule of the model's inventory.
#[derive(Debug, PartialEq)]
pub(crate) enum Rule {
    Edit { case: Case, cut: usize, add: String },
    Whole(String),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Case {
    Lower,
    Kept,
    Title,
}

impl Rule {
    /// Reads a rule; what cannot be read leaves the form unchanged.
    pub fn parse(text: &str) -> Self {
        if let Some(lemma) = text.strip_prefix('=') {
            return Self::Whole(lemma.into());
        }
        let case = match text.as_bytes().first() {
            Some(b'L') => Case::Lower,
            Some(b'T') => Case::Title,
            _ => Case::Kept,
        };
        let (cut, add) = text.get(2..).and_then(|t| t.split_once('+')).unwrap_or(("0", ""));
        Self::Edit { case, cut: cut.parse().unwrap_or(0), add: add.into() }
    }

    /// The lemma of `form`, or `None` where the form is too short for the rule.
    pub fn apply(&self, form: &str) -> Option<String> {
        match self {
            Self::Whole(lemma) => (!lemma.is_empty()).then(|| lemma.clone()),
            Self::Edit { case, cut, add } => {
                let mut base = match case {
                    Case::Lower => form.to_lowercase(),
                    Case::Kept => form.to_owned(),
                    Case::Title => title(form),
                };
                for _ in 0..*cut {
                    base.pop()?;
                }
                base.push_str(add);
                (!base.is_empty()).then_some(base)
            }
        }
    }
}

fn title(form: &str) -> String {
    let mut chars = form.chars();
    let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    first + &chars.as_str().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::Rule;

    #[test]
    fn rules_make_dictionary_forms() {
        let lemma = |form: &str, rule: &str| Rule::parse(rule).apply(form);
        assert_eq!(lemma("Studied", "L-3+y").as_deref(), Some("study"));
        assert_eq!(lemma("were", "=be").as_deref(), Some("be"));
        assert_eq!(lemma("KREMLIN", "T-0+").as_deref(), Some("Kremlin"));
        assert_eq!(lemma("Nations", "K-1+").as_deref(), Some("Nation"));
        assert_eq!(lemma("é", "L-2+x"), None);
        assert_eq!(lemma("a", "L-1+"), None);
    }
}
