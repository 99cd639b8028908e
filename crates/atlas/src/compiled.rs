//! A gazetteer too large to hold: built once from a GeoNames dump, then asked on disk.
//!
//! Layout, all numbers little-endian: the magic `LEGGAZ1\n`, then five `u64` (number of (name, place) pairs, bytes of text,
//! offset of the text, of the hashes, of the positions), the text (lines of a place table), the hashes of the names' keys
//! (`u64`, ascending), the positions of their lines in the text (`u64`). One hash in [`STEP`] is kept in memory, so that a
//! question costs one short read, and each place found one more. Lines once read are kept.
//!
//! Building uses memory for one bucket of names at a time (about a sixty-fourth of them).

use crate::gazetteer::{COLUMNS, Place};
use crate::{Atlas, key};
use elsa::sync::FrozenMap;
use record::reading::PlacePrecision;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Name of the file inside a layer's `atlas/`.
pub(crate) const FILE: &str = "gazetteer.bin";

const MAGIC: &[u8; 8] = b"LEGGAZ1\n";
const HEAD: u64 = 8 + 5 * 8;
/// One hash in so many is kept in memory.
const STEP: u64 = 256;
/// Longest line that is read back.
const LONGEST_LINE: u64 = 64 * 1024;
/// Longest line of a dump that is read; longer ones are skipped and counted.
const LONGEST_IN: u64 = 256 * 1024;
const BUCKETS: usize = 64;
/// Names kept of one place.
const NAMES: usize = 24;

/// A gazetteer on disk.
#[derive(Debug)]
pub(crate) struct Compiled {
    file: Mutex<File>,
    count: u64,
    text: (u64, u64),
    hashes: u64,
    positions: u64,
    steps: Vec<u64>,
    lines: FrozenMap<u64, Box<str>>,
}

impl Compiled {
    /// Opens what [`compile`] made. `Err` says what is wrong with the file.
    pub(crate) fn open(path: &Path) -> Result<Self, String> {
        let unread = |error: io::Error| format!("cannot be read: {error}");
        let mut file = File::open(path).map_err(unread)?;
        let length = file.metadata().map_err(unread)?.len();
        let mut head = [0u8; HEAD as usize];
        file.read_exact(&mut head).map_err(unread)?;
        let number = |i: usize| {
            let bytes = head.get(8 + 8 * i..).and_then(|rest| rest.first_chunk::<8>());
            bytes.map_or(0, |bytes| u64::from_le_bytes(*bytes))
        };
        let (count, size, text, hashes, positions) = (number(0), number(1), number(2), number(3), number(4));
        let whole = head.starts_with(MAGIC)
            && text == HEAD
            && text.checked_add(size) == Some(hashes)
            && count.checked_mul(8).and_then(|n| hashes.checked_add(n)) == Some(positions)
            && count.checked_mul(8).and_then(|n| positions.checked_add(n)) == Some(length);
        if !whole {
            return Err(
                "is no gazetteer of `legation gazetteer build`, or was cut short; build it again".into()
            );
        }
        let mut steps = Vec::with_capacity((count / STEP + 1) as usize);
        for at in (0..count).step_by(STEP as usize) {
            steps.push(read_u64(&mut file, hashes + at * 8).map_err(unread)?);
        }
        let (text, lines) = ((text, size), FrozenMap::new());
        Ok(Self { file: Mutex::new(file), count, text, hashes, positions, steps, lines })
    }

    /// Number of (name, place) pairs.
    pub(crate) fn len(&self) -> usize {
        self.count as usize
    }

    /// The places that carry the name with this key; none where the file fails.
    pub(crate) fn find(&self, key: &str) -> Vec<Place<'_>> {
        let positions = self.positions(key).unwrap_or_default();
        positions.into_iter().filter_map(|at| Place::from_line(self.line(at)?, false)).collect()
    }

    /// Whether a place carries the name.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.positions(key).is_ok_and(|positions| !positions.is_empty())
    }

    fn positions(&self, key: &str) -> io::Result<Vec<u64>> {
        let hash = key::hash_bytes(key.as_bytes());
        // Equal hashes may begin in the step before the first that is not smaller.
        let step = self.steps.partition_point(|first| *first < hash).saturating_sub(1) as u64;
        let mut found = Vec::new();
        let Ok(mut file) = self.file.lock() else { return Ok(found) };
        let mut at = step * STEP;
        'steps: while at < self.count {
            let many = STEP.min(self.count - at);
            let mut block = vec![0u8; (many * 8) as usize];
            file.seek(SeekFrom::Start(self.hashes + at * 8))?;
            file.read_exact(&mut block)?;
            for (i, bytes) in (at..).zip(block.as_chunks::<8>().0) {
                match u64::from_le_bytes(*bytes) {
                    other if other < hash => {}
                    other if other == hash => found.push(i),
                    _ => break 'steps,
                }
            }
            at += many;
        }
        found.into_iter().map(|i| read_u64(&mut file, self.positions + i * 8)).collect()
    }

    fn line(&self, position: u64) -> Option<&str> {
        if let Some(line) = self.lines.get(&position) {
            return Some(line);
        }
        let most = self.text.1.checked_sub(position)?.min(LONGEST_LINE);
        let mut file = self.file.lock().ok()?;
        file.seek(SeekFrom::Start(self.text.0 + position)).ok()?;
        let mut line = String::new();
        BufReader::with_capacity(512, (&mut *file).take(most)).read_line(&mut line).ok()?;
        drop(file);
        Some(self.lines.insert(position, line.trim_end_matches('\n').into()))
    }
}

fn read_u64(file: &mut File, at: u64) -> io::Result<u64> {
    let mut bytes = [0u8; 8];
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}

/// What a build found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Built {
    /// Places taken.
    pub places: u64,
    /// (name, place) pairs.
    pub names: u64,
    /// Lines passed over because their class is not wanted.
    pub unwanted: u64,
    /// Lines that are none of a GeoNames dump.
    pub broken: u64,
}

/// Builds the gazetteer of a layer from a GeoNames dump (`allCountries.txt` or one country's): `out` is the layer's folder.
/// Places of the feature classes in `classes` (`APHLT`) are taken. `progress` is told the bytes read, twice over the dump:
/// first the names of the units are gathered, then the places written.
pub fn compile(
    dump: &Path,
    out: &Path,
    classes: &str,
    atlas: &Atlas,
    mut progress: impl FnMut(u64),
) -> io::Result<Built> {
    let mut units: HashMap<String, String> = HashMap::new();
    let mut built = Built::default();
    each_line(dump, &mut progress, |line| {
        if let Some(row) = Geo::parse(line)
            && matches!(row.code, "ADM1" | "ADM2")
        {
            let code = if row.code == "ADM1" { row.unit() } else { row.district() };
            units.insert(code, row.unit_name(atlas));
        }
        Ok(())
    })?;
    let folder = out.join("atlas");
    fs::create_dir_all(&folder)?;
    let parts = Parts::create(&folder)?;
    let mut text = BufWriter::new(File::create(parts.text())?);
    let mut buckets = parts.buckets()?;
    let mut position = 0u64;
    let mut line_out = String::new();
    each_line(dump, &mut progress, |line| {
        let Some(row) = Geo::parse(line) else {
            built.broken += u64::from(!line.trim().is_empty());
            return Ok(());
        };
        if !classes.contains(row.class) {
            built.unwanted += 1;
            return Ok(());
        }
        let Some(state) = atlas.state_by_iso2(row.country) else {
            built.unwanted += 1;
            return Ok(());
        };
        let unit = units.get(&row.unit()).map_or("", String::as_str);
        let district = units.get(&row.district()).map_or("", String::as_str);
        line_out.clear();
        let names = row.names();
        for (i, cell) in [
            row.id,
            row.name,
            &names.join("|"),
            row.lat,
            row.lon,
            &state.iso3,
            unit,
            district,
            &format!("{}.{}", row.class, row.code),
            row.population,
        ]
        .into_iter()
        .enumerate()
        {
            debug_assert!(i < COLUMNS.len());
            if i > 0 {
                line_out.push('\t');
            }
            line_out.push_str(cell);
        }
        line_out.push('\n');
        let mut own: Vec<u64> = std::iter::once(row.name)
            .chain(names.iter().map(String::as_str))
            .map(key::key)
            .filter(|key| !key.is_empty())
            .map(|key| key::hash_bytes(key.as_bytes()))
            .collect();
        own.sort_unstable();
        own.dedup();
        for hash in own {
            let bucket = &mut buckets[(hash >> 58) as usize % BUCKETS];
            bucket.write_all(&hash.to_le_bytes())?;
            bucket.write_all(&position.to_le_bytes())?;
            built.names += 1;
        }
        text.write_all(line_out.as_bytes())?;
        position += line_out.len() as u64;
        built.places += 1;
        Ok(())
    })?;
    text.flush()?;
    for bucket in &mut buckets {
        bucket.flush()?;
    }
    drop((text, buckets));
    parts.join(position, built.names)?;
    fs::rename(parts.whole(), folder.join(FILE))?;
    Ok(built)
}

/// The files of a build under way, taken away when it ends, well or not.
struct Parts(PathBuf);

impl Parts {
    fn create(folder: &Path) -> io::Result<Self> {
        let parts = Self(folder.join(".gazetteer.building"));
        fs::create_dir_all(&parts.0)?;
        Ok(parts)
    }

    fn text(&self) -> PathBuf {
        self.0.join("text")
    }

    fn whole(&self) -> PathBuf {
        self.0.join("whole")
    }

    fn bucket(&self, i: usize) -> PathBuf {
        self.0.join(format!("{i}"))
    }

    fn buckets(&self) -> io::Result<Vec<BufWriter<File>>> {
        (0..BUCKETS).map(|i| Ok(BufWriter::new(File::create(self.bucket(i))?))).collect()
    }

    /// Puts head, text, hashes and positions together.
    fn join(&self, text: u64, count: u64) -> io::Result<()> {
        let mut whole = BufWriter::new(File::create(self.whole())?);
        let hashes = HEAD + text;
        whole.write_all(MAGIC)?;
        for number in [count, text, HEAD, hashes, hashes + count * 8] {
            whole.write_all(&number.to_le_bytes())?;
        }
        io::copy(&mut File::open(self.text())?, &mut whole)?;
        let mut positions = BufWriter::new(File::create(self.0.join("positions"))?);
        // A bucket holds the hashes of one range, so that one after the other they are in order.
        for i in 0..BUCKETS {
            let bytes = fs::read(self.bucket(i))?;
            let mut pairs: Vec<(u64, u64)> = bytes
                .as_chunks::<16>()
                .0
                .iter()
                .filter_map(|pair| {
                    let hash = u64::from_le_bytes(*pair.first_chunk::<8>()?);
                    Some((hash, u64::from_le_bytes(*pair.last_chunk::<8>()?)))
                })
                .collect();
            pairs.sort_unstable();
            for (hash, position) in pairs {
                whole.write_all(&hash.to_le_bytes())?;
                positions.write_all(&position.to_le_bytes())?;
            }
        }
        positions.flush()?;
        io::copy(&mut File::open(self.0.join("positions"))?, &mut whole)?;
        whole.flush()
    }
}

impl Drop for Parts {
    fn drop(&mut self) {
        // What cannot be taken away lies in a folder whose name says what it is.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Calls `each` with every line of a file that is UTF-8 and not too long.
fn each_line(
    path: &Path,
    progress: &mut impl FnMut(u64),
    mut each: impl FnMut(&str) -> io::Result<()>,
) -> io::Result<()> {
    let mut reader = BufReader::with_capacity(1 << 20, File::open(path)?);
    let mut line = Vec::new();
    loop {
        line.clear();
        let mut read = (&mut reader).take(LONGEST_IN).read_until(b'\n', &mut line)? as u64;
        if read == 0 {
            return Ok(());
        }
        let cut = read == LONGEST_IN && line.last() != Some(&b'\n');
        if cut {
            // The rest of a line that no dump has.
            read += reader.skip_until(b'\n')? as u64;
        }
        progress(read);
        let text = if cut { "?" } else { std::str::from_utf8(&line).unwrap_or("?") };
        each(text.trim_end_matches(['\n', '\r']))?;
    }
}

/// A line of a GeoNames dump: see <https://download.geonames.org/export/dump/readme.txt>.
struct Geo<'l> {
    id: &'l str,
    name: &'l str,
    ascii: &'l str,
    others: &'l str,
    lat: &'l str,
    lon: &'l str,
    class: &'l str,
    code: &'l str,
    country: &'l str,
    admin1: &'l str,
    admin2: &'l str,
    population: &'l str,
}

impl<'l> Geo<'l> {
    fn parse(line: &'l str) -> Option<Self> {
        let cells: Vec<&str> = line.split('\t').collect();
        let &[
            id,
            name,
            ascii,
            others,
            lat,
            lon,
            class,
            code,
            country,
            _,
            admin1,
            admin2,
            _,
            _,
            population,
            ..,
        ] = cells.as_slice()
        else {
            return None;
        };
        let degrees = |cell: &str, most: f64| cell.parse::<f64>().is_ok_and(|degrees| degrees.abs() <= most);
        let good = cells.len() == 19
            && id.parse::<u32>().is_ok()
            && !name.is_empty()
            && !name.contains('|')
            && class.len() == 1
            && degrees(lat, 90.0)
            && degrees(lon, 180.0);
        good.then_some(Self {
            id,
            name,
            ascii,
            others,
            lat,
            lon,
            class,
            code,
            country,
            admin1,
            admin2,
            population,
        })
    }

    fn unit(&self) -> String {
        format!("{}.{}", self.country, self.admin1)
    }

    fn district(&self) -> String {
        format!("{}.{}.{}", self.country, self.admin1, self.admin2)
    }

    /// The unit's name as the shipped tables spell it, where they know it.
    fn unit_name(&self, atlas: &Atlas) -> String {
        let iso3 = atlas.state_by_iso2(self.country).map_or("", |state| state.iso3.as_str());
        let known = [self.name, self.ascii].into_iter().find_map(|name| {
            let places = atlas.places(name);
            let same =
                |place: &&Place<'_>| place.country == iso3 && place.precision() == PlacePrecision::Admin1;
            places.iter().find(same).map(|place| place.name.to_owned())
        });
        known.filter(|_| self.code == "ADM1").unwrap_or_else(|| self.name.to_owned())
    }

    /// Other names in letters that English text may use.
    fn names(&self) -> Vec<String> {
        let mut seen = vec![key::key(self.name)];
        let mut names = Vec::new();
        for name in std::iter::once(self.ascii).chain(self.others.split(',')) {
            let folded = key::key(name);
            let usable = folded.chars().filter(char::is_ascii_alphanumeric).count() > 2
                && folded.is_ascii()
                && !name.contains('|')
                && name.chars().next().is_some_and(char::is_uppercase)
                && !(name.len() <= 5 && name.chars().all(|c| c.is_ascii_uppercase()));
            if usable && !seen.contains(&folded) && names.len() < NAMES {
                names.push(name.trim().to_owned());
                seen.push(folded);
            }
        }
        names
    }
}
