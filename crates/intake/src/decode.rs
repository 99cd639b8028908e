//! Bytes become text: byte order mark, declared encoding, UTF-8, UTF-16 without a mark, and at last a guess.

use crate::Warning;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Text, and what was doubtful about it.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) warning: Option<Warning>,
}

/// Decodes `bytes`. `declared` is a label from an HTTP header or an HTML `meta` element; a byte order mark wins over it.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[mark..], mark);
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    // A page that calls itself UTF-16 in ASCII letters is not; browsers read it as UTF-8.
    if let Some(encoding) = declared.filter(|e| *e != UTF_16BE && *e != UTF_16LE && *e != UTF_8) {
        return with(encoding, bytes, 0);
    }
    if let Some(encoding) = utf16(bytes) {
        return with(encoding, bytes, 0);
    }
    let Err(error) = std::str::from_utf8(bytes) else {
        return with(UTF_8, bytes, 0);
    };
    if declared == Some(UTF_8) {
        return with(UTF_8, bytes, 0);
    }
    let encoding = guess(bytes);
    if encoding == UTF_8 {
        return with(UTF_8, bytes, 0);
    }
    let at = error.valid_up_to() as u64;
    let mut decoded = with(encoding, bytes, 0);
    decoded.warning.get_or_insert(Warning::Guessed { encoding: encoding.name(), at });
    decoded
}

/// Decodes with `encoding`, replacing what does not fit. `skipped` bytes stood before `bytes` in the input.
fn with(encoding: &'static Encoding, bytes: &[u8], skipped: usize) -> Decoded {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let warning = broken.then(|| Warning::Replaced {
        encoding: encoding.name(),
        at: (skipped + first_bad(encoding, bytes)) as u64,
    });
    Decoded { text: text.into_owned(), warning }
}

/// The first byte that does not fit `encoding`.
fn first_bad(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    if encoding == UTF_8 {
        return std::str::from_utf8(bytes).err().map_or(0, |e| e.valid_up_to());
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut out = vec![0u8; 4096];
    let mut read = 0;
    loop {
        let (result, n, _) = decoder.decode_to_utf8_without_replacement(&bytes[read..], &mut out, true);
        read += n;
        match result {
            encoding_rs::DecoderResult::InputEmpty => return read,
            encoding_rs::DecoderResult::OutputFull => {}
            encoding_rs::DecoderResult::Malformed(bad, after) => {
                return read.saturating_sub(usize::from(bad) + usize::from(after));
            }
        }
    }
}

/// UTF-16 with or without a byte order mark. Without one, text in Latin letters shows as NULs at every other byte.
pub(crate) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let start = &bytes[..bytes.len().min(4096)];
    let pairs = start.len() / 2;
    if pairs < 4 {
        return None;
    }
    let nuls = |odd: usize| start.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    let (encoding, unit): (_, fn([u8; 2]) -> u16) = if odd * 10 > pairs * 6 && even == 0 {
        (UTF_16LE, u16::from_le_bytes)
    } else if even * 10 > pairs * 6 && odd == 0 {
        (UTF_16BE, u16::from_be_bytes)
    } else {
        return None;
    };
    // Binary numbers are full of NULs too, but they hold what no text does.
    let control = |c: &u16| matches!(c, 0..=8 | 0x0B | 0x0E..=0x19 | 0x1B..=0x1F | 0x7F..=0x9F);
    let controls = start.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).filter(control).count();
    (controls * 20 <= pairs).then_some(encoding)
}

/// The encoding of bytes that are not valid UTF-8: damaged UTF-8, or one of the older encodings.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if whole >= broken {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    // Few bytes beyond ASCII, and among them 0xFE or 0xFF: letters no Western text has alone, damage in an English one.
    // In Cyrillic and Greek files they are letters, but there most bytes are beyond ASCII.
    let high = bytes.iter().filter(|b| !b.is_ascii()).count();
    let damaged = high * 4 < bytes.len() && bytes.iter().any(|b| *b >= 0xFE);
    if damaged { UTF_8 } else { guessed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_off_and_nothing_else() {
        let text = "\u{200B}Kyiv\r\nΩ e\u{301} 🛰️\u{FEFF}";
        let mut bytes = b"\xEF\xBB\xBF".to_vec();
        bytes.extend(text.bytes());
        assert_eq!(decode(&bytes, None).text, text);
        for big in [false, true] {
            let mut bytes = Vec::new();
            for unit in "\u{FEFF}".encode_utf16().chain(text.encode_utf16()) {
                bytes.extend(if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
            }
            assert_eq!(decode(&bytes, None).text, text);
        }
    }

    #[test]
    fn binary_numbers_are_no_utf16() {
        assert_eq!(utf16(b"\x01\0\x02\0\x03\0\x04\0"), None);
        assert_eq!(utf16(b"\x13\0\x37\0\x80\0\x01\0"), None);
        let bytes: Vec<u8> = "Kyiv’s envoy.\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(utf16(&bytes), Some(UTF_16LE));
        assert_eq!(utf16(&bytes[..bytes.len() - 1]), Some(UTF_16LE));
    }

    #[test]
    fn damaged_utf8_is_repaired_and_the_byte_named() {
        let decoded = decode(b"Kyiv \xE2\x80\x94 the \xE2\x80 minister", None);
        assert_eq!(decoded.text, "Kyiv — the \u{FFFD} minister");
        assert_eq!(decoded.warning, Some(Warning::Replaced { encoding: "UTF-8", at: 13 }));
        assert!(decode(b"talks \xFF\xFE went on", None).text.contains('\u{FFFD}'));
    }

    #[test]
    fn older_encodings_are_guessed_and_said() {
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode("Министр обороны прибыл в Киев на переговоры.");
        let decoded = decode(&bytes, None);
        assert_eq!(decoded.text, "Министр обороны прибыл в Киев на переговоры.");
        assert!(matches!(decoded.warning, Some(Warning::Guessed { encoding: "windows-1251", at: 0 })));
        assert_eq!(decode(b"Kyiv\x92s envoy", None).text, "Kyiv’s envoy");
    }
}
