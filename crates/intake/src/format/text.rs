//! Plain text: kept to the byte, minus metadata at its top.

use crate::decode::decode;
use crate::draft::Draft;
use crate::header;

pub(crate) fn read(bytes: &[u8], declared: Option<&str>) -> Draft {
    let decoded = decode(bytes, declared);
    let (mut draft, article) = header::split(&decoded.text);
    draft.text = article.to_owned();
    draft.warnings.extend(decoded.warning);
    draft
}
