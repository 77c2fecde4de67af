-- The list of clients as last read from their vaults, settings, trusted packs.

CREATE TABLE client (
	id           TEXT PRIMARY KEY,
	stamp        TEXT NOT NULL, -- size and time of the vault's files when it was read
	name         TEXT NOT NULL,
	code         TEXT NOT NULL,
	region       TEXT NOT NULL,
	sample       INTEGER NOT NULL CHECK (sample IN (0, 1)),
	applications INTEGER NOT NULL,
	changed      INTEGER NOT NULL -- ms UTC
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE trusted_pack (
	id      TEXT NOT NULL,
	version TEXT NOT NULL,
	digest  TEXT NOT NULL,
	added   INTEGER NOT NULL, -- ms UTC
	PRIMARY KEY (id, version, digest)
) STRICT, WITHOUT ROWID;
