//! Files that are not text: what they are, by their first bytes, and what to do with them.

use crate::Reason;

/// First bytes, what they mark, what to do.
const MAGIC: &[(&[u8], &str, &str)] = &[
    (b"\xFF\xFE\0\0", "UTF-32, which is not read", "save it as UTF-8"),
    (b"\0\0\xFE\xFF", "UTF-32, which is not read", "save it as UTF-8"),
    (b"%PDF-", "a PDF document", "extract its text first, for example with pdftotext"),
    (b"PK\x03\x04", "a ZIP archive or an office document", "unpack it, or save the document as text"),
    (b"\xD0\xCF\x11\xE0", "an old office document", "save it as text"),
    (b"{\\rtf", "an RTF document", "save it as plain text"),
    (b"\x1F\x8B", "gzip-compressed data", "unpack it first with gunzip"),
    (b"\x28\xB5\x2F\xFD", "zstd-compressed data", "unpack it first with unzstd"),
    (b"BZh", "bzip2-compressed data", "unpack it first with bunzip2"),
    (b"\xFD7zXZ", "xz-compressed data", "unpack it first with unxz"),
    (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive", "unpack it first"),
    (b"Rar!\x1A", "a RAR archive", "unpack it first"),
    (b"\x89PNG", "a PNG image", "give the text; pictures are not read"),
    (b"\xFF\xD8\xFF", "a JPEG image", "give the text; pictures are not read"),
    (b"GIF8", "a GIF image", "give the text; pictures are not read"),
    (b"II*\0", "a TIFF image", "give the text; pictures are not read"),
    (b"MM\0*", "a TIFF image", "give the text; pictures are not read"),
    (b"RIFF", "a WebP image, sound or video", "give the text or a transcript"),
    (b"ID3", "sound", "give a transcript"),
    (b"OggS", "sound", "give a transcript"),
    (b"\x7FELF", "a program", "name a text file"),
    (b"SQLite format 3\0", "an SQLite database", "export its articles as JSON lines"),
    (b"PAR1", "a Parquet file", "export its articles as JSON lines"),
    (b"ARROW1", "an Arrow file", "export its articles as JSON lines"),
];

/// How many bytes are looked at.
pub(crate) const LOOK: usize = 8192;

/// The reason to refuse `start`, the first bytes of an input, if it is not text. UTF-16 is text.
pub(crate) fn refuse(start: &[u8]) -> Option<Reason> {
    for (magic, what, advice) in MAGIC {
        // Signatures made of letters only may open a text; such a file must look binary besides.
        let telling = magic.len() > 4 || magic.iter().any(|b| !(0x20..0x7F).contains(b));
        if start.starts_with(magic) && (telling || looks_binary(start)) {
            return Some(Reason::Binary { what, advice });
        }
    }
    if start.get(4..8) == Some(b"ftyp") {
        return Some(Reason::Binary { what: "a video", advice: "give a transcript" });
    }
    looks_binary(start).then_some(Reason::Binary { what: "binary data", advice: "name a text file" })
}

fn looks_binary(start: &[u8]) -> bool {
    let start = &start[..start.len().min(LOOK)];
    if start.is_empty() || crate::decode::utf16(start).is_some() {
        return false;
    }
    let controls = start.iter().filter(|b| **b < 0x20 && !b"\t\n\r\x0B\x0C\x1B\x1A".contains(b)).count();
    // One stray control character is damage; a text full of them, or any NUL near the start, is not a text.
    start.contains(&0) || controls * 20 > start.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_what_a_file_is() {
        let said = |bytes: &[u8]| refuse(bytes).map(|r| r.to_string()).unwrap_or_default();
        assert_eq!(said(b"%PDF-1.7 ..."), "not text but a PDF document");
        assert_eq!(said(b"\x89PNG\r\n\x1a\n\0\0"), "not text but a PNG image");
        assert_eq!(said(b"\x00\x01\x02\x03 data"), "not text but binary data");
        assert_eq!(said(b"\x01\0\x02\0\x03\0\x04\0"), "not text but binary data");
        assert_eq!(said(b"\xFF\xFE\0\0H\0\0\0"), "not text but UTF-32, which is not read");
        assert_eq!(said(b"RIFF is a word here. ID3 too."), "");
        assert_eq!(said("Привет".as_bytes()), "");
        assert_eq!(said(b"H\0e\0l\0l\0o\0 \0t\0h\0e\0r\0e\0"), "");
        assert_eq!(said(b""), "");
    }
}
