-- Ops, and a table for each kind of entity whose columns are the entity's fields.

-- Every change of a field. Rows equal the replay of the ops (package store).
CREATE TABLE op (
	id       INTEGER PRIMARY KEY CHECK (id > 0), -- place in the chain, without gaps
	device   TEXT    NOT NULL,
	seq      INTEGER NOT NULL CHECK (seq > 0),   -- among the ops of the device, without gaps
	clock    INTEGER NOT NULL,                   -- hybrid logical clock: ms << 16 | counter
	at       INTEGER NOT NULL,                   -- ms UTC, the device's own clock
	actor    TEXT    NOT NULL,
	change   INTEGER NOT NULL,                   -- id of the first op of the transaction
	reverts  INTEGER NOT NULL,                   -- change that an undo or redo takes back, or 0
	entity   TEXT    NOT NULL,
	"key"    TEXT    NOT NULL,
	field    TEXT    NOT NULL,                   -- '': the entity as such, new '1' made, old '1' deleted
	old      TEXT    NOT NULL,
	new      TEXT    NOT NULL,
	base     TEXT    NOT NULL,                   -- device/seq of the op before it on the field, or ''
	sign_off INTEGER NOT NULL CHECK (sign_off IN (0, 1)), -- never merged by itself
	hash     BLOB    NOT NULL CHECK (length(hash) = 32),
	UNIQUE (device, seq)
) STRICT;

CREATE INDEX op_entity ON op (entity, "key", field);
CREATE INDEX op_change ON op (change);

CREATE TRIGGER op_at_the_end BEFORE INSERT ON op
WHEN new.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM op)
	OR EXISTS (SELECT 1 FROM op WHERE device = new.device AND seq = new.seq)
BEGIN
	SELECT raise(ABORT, 'ops are only added at the end'); -- REPLACE deletes without a trigger
END;

CREATE TRIGGER op_no_update BEFORE UPDATE ON op BEGIN
	SELECT raise(ABORT, 'ops are never changed');
END;

CREATE TRIGGER op_no_delete BEFORE DELETE ON op BEGIN
	SELECT raise(ABORT, 'ops are never deleted');
END;

CREATE TABLE "client" (
	"key"       TEXT NOT NULL PRIMARY KEY,
	"id"        TEXT NOT NULL,
	"name"      TEXT NOT NULL,
	"nameEn"    TEXT NOT NULL,
	"code"      TEXT NOT NULL,
	"region"    TEXT NOT NULL,
	"address"   TEXT NOT NULL,
	"type"      TEXT NOT NULL,
	"scale"     TEXT NOT NULL,
	"industry"  TEXT NOT NULL,
	"founded"   TEXT NOT NULL,
	"employees" TEXT NOT NULL,
	"legal"     TEXT NOT NULL CHECK ("legal" = '' OR json_valid("legal")),
	"quality"   TEXT NOT NULL CHECK ("quality" = '' OR json_valid("quality")),
	"contact"   TEXT NOT NULL CHECK ("contact" = '' OR json_valid("contact")),
	"profile"   TEXT NOT NULL,
	"sample"    INTEGER NOT NULL CHECK ("sample" IN (0, 1)),
	CHECK ("key" = "id")
) STRICT;

CREATE TABLE "subject" (
	"key"    TEXT NOT NULL PRIMARY KEY,
	"id"     TEXT NOT NULL,
	"class"  TEXT NOT NULL,
	"name"   TEXT NOT NULL,
	"parent" TEXT NOT NULL,
	"place"  TEXT NOT NULL,
	"region" TEXT NOT NULL,
	CHECK ("key" = "id")
) STRICT;

CREATE TABLE "fact" (
	"key"      TEXT NOT NULL PRIMARY KEY,
	"id"       TEXT NOT NULL,
	"concept"  TEXT NOT NULL,
	"subject"  TEXT NOT NULL,
	"year"     INTEGER NOT NULL,
	"period"   TEXT NOT NULL CHECK ("period" = '' OR json_valid("period")),
	"value"    TEXT NOT NULL,
	"unit"     TEXT NOT NULL,
	"none"     INTEGER NOT NULL CHECK ("none" IN (0, 1)),
	"source"   TEXT NOT NULL,
	"evidence" TEXT NOT NULL CHECK ("evidence" = '' OR json_valid("evidence")),
	"pending"  INTEGER NOT NULL CHECK ("pending" IN (0, 1)),
	CHECK ("key" = "id")
) STRICT;

CREATE TABLE "standard" (
	"key"        TEXT NOT NULL PRIMARY KEY,
	"id"         TEXT NOT NULL,
	"number"     TEXT NOT NULL,
	"title"      TEXT NOT NULL,
	"class"      TEXT NOT NULL,
	"status"     TEXT NOT NULL,
	"statusOn"   TEXT NOT NULL,
	"statusFrom" TEXT NOT NULL,
	"from"       TEXT NOT NULL,
	"reviewed"   TEXT NOT NULL,
	"published"  TEXT NOT NULL CHECK ("published" = '' OR json_valid("published")),
	"unverified" INTEGER NOT NULL CHECK ("unverified" IN (0, 1)),
	"note"       TEXT NOT NULL,
	CHECK ("key" = "id")
) STRICT;

CREATE TABLE "evidence" (
	"key"        TEXT NOT NULL PRIMARY KEY,
	"id"         TEXT NOT NULL,
	"digest"     TEXT NOT NULL,
	"name"       TEXT NOT NULL,
	"media"      TEXT NOT NULL,
	"size"       INTEGER NOT NULL,
	"title"      TEXT NOT NULL,
	"slots"      TEXT NOT NULL CHECK ("slots" = '' OR json_valid("slots")),
	"number"     TEXT NOT NULL,
	"issuer"     TEXT NOT NULL,
	"holder"     TEXT NOT NULL,
	"holderCode" TEXT NOT NULL,
	"product"    TEXT NOT NULL,
	"models"     TEXT NOT NULL CHECK ("models" = '' OR json_valid("models")),
	"methods"    TEXT NOT NULL CHECK ("methods" = '' OR json_valid("methods")),
	"marks"      TEXT NOT NULL CHECK ("marks" = '' OR json_valid("marks")),
	"issued"     TEXT NOT NULL,
	"expires"    TEXT NOT NULL,
	"period"     TEXT NOT NULL CHECK ("period" = '' OR json_valid("period")),
	"fields"     TEXT NOT NULL CHECK ("fields" = '' OR json_valid("fields")),
	"note"       TEXT NOT NULL,
	CHECK ("key" = "id")
) STRICT;

CREATE TABLE "application" (
	"key"         TEXT NOT NULL PRIMARY KEY,
	"id"          TEXT NOT NULL,
	"programme"   TEXT NOT NULL,
	"version"     TEXT NOT NULL,
	"track"       TEXT NOT NULL,
	"object"      TEXT NOT NULL,
	"product"     TEXT NOT NULL,
	"productName" TEXT NOT NULL,
	"models"      TEXT NOT NULL CHECK ("models" = '' OR json_valid("models")),
	"brand"       TEXT NOT NULL CHECK ("brand" = '' OR json_valid("brand")),
	"standard"    TEXT NOT NULL,
	"places"      TEXT NOT NULL CHECK ("places" = '' OR json_valid("places")),
	"launchedOn"  TEXT NOT NULL,
	"licences"    TEXT NOT NULL,
	"description" TEXT NOT NULL,
	"created"     TEXT NOT NULL,
	"state"       TEXT NOT NULL,
	"form"        TEXT NOT NULL CHECK ("form" = '' OR json_valid("form")),
	CHECK ("key" = "id")
) STRICT;

CREATE TABLE "attestation" (
	"key"         TEXT NOT NULL PRIMARY KEY,
	"application" TEXT NOT NULL REFERENCES application ("key") DEFERRABLE INITIALLY DEFERRED,
	"gate"        TEXT NOT NULL,
	"holds"       INTEGER NOT NULL CHECK ("holds" IN (0, 1)),
	"by"          TEXT NOT NULL,
	"on"          TEXT NOT NULL,
	"note"        TEXT NOT NULL,
	"evidence"    TEXT NOT NULL CHECK ("evidence" = '' OR json_valid("evidence")),
	CHECK ("key" = "application" || '/' || "gate")
) STRICT;

CREATE TABLE "threshold" (
	"key"         TEXT NOT NULL PRIMARY KEY,
	"application" TEXT NOT NULL REFERENCES application ("key") DEFERRABLE INITIALLY DEFERRED,
	"parameter"   TEXT NOT NULL,
	"value"       TEXT NOT NULL,
	"why"         TEXT NOT NULL,
	"by"          TEXT NOT NULL,
	"on"          TEXT NOT NULL,
	CHECK ("key" = "application" || '/' || "parameter")
) STRICT;

CREATE TABLE "finding" (
	"key"           TEXT NOT NULL PRIMARY KEY,
	"application"   TEXT NOT NULL REFERENCES application ("key") DEFERRABLE INITIALLY DEFERRED,
	"requirement"   TEXT NOT NULL,
	"rating"        TEXT NOT NULL,
	"notApplicable" TEXT NOT NULL,
	"reason"        TEXT NOT NULL,
	"statement"     TEXT NOT NULL,
	"evidence"      TEXT NOT NULL CHECK ("evidence" = '' OR json_valid("evidence")),
	"department"    TEXT NOT NULL,
	"comment"       TEXT NOT NULL,
	"by"            TEXT NOT NULL,
	"on"            TEXT NOT NULL,
	"recheck"       INTEGER NOT NULL CHECK ("recheck" IN (0, 1)),
	CHECK ("key" = "application" || '/' || "requirement")
) STRICT;

CREATE TABLE "indicator" (
	"key"         TEXT NOT NULL PRIMARY KEY,
	"id"          TEXT NOT NULL,
	"application" TEXT NOT NULL REFERENCES application ("key") DEFERRABLE INITIALLY DEFERRED,
	"order"       INTEGER NOT NULL,
	"name"        TEXT NOT NULL,
	"nameEn"      TEXT NOT NULL,
	"class"       TEXT NOT NULL,
	"spec"        TEXT NOT NULL CHECK ("spec" = '' OR json_valid("spec")),
	"own"         TEXT NOT NULL CHECK ("own" = '' OR json_valid("own")),
	"measured"    TEXT NOT NULL CHECK ("measured" = '' OR json_valid("measured")),
	"comparators" TEXT NOT NULL CHECK ("comparators" = '' OR json_valid("comparators")),
	"equivalents" TEXT NOT NULL CHECK ("equivalents" = '' OR json_valid("equivalents")),
	"claim"       TEXT NOT NULL,
	"note"        TEXT NOT NULL,
	"lower"       TEXT NOT NULL,
	CHECK ("key" = "id")
) STRICT;

CREATE INDEX indicator_application ON "indicator" ("application");

CREATE TABLE "action" (
	"key"         TEXT NOT NULL PRIMARY KEY,
	"id"          TEXT NOT NULL,
	"application" TEXT NOT NULL REFERENCES application ("key") DEFERRABLE INITIALLY DEFERRED,
	"target"      TEXT NOT NULL,
	"text"        TEXT NOT NULL,
	"owner"       TEXT NOT NULL,
	"due"         TEXT NOT NULL,
	"cost"        TEXT NOT NULL,
	"rating"      TEXT NOT NULL,
	"done"        TEXT NOT NULL,
	CHECK ("key" = "id")
) STRICT;

CREATE INDEX action_application ON "action" ("application");

CREATE TABLE "review" (
	"key"         TEXT NOT NULL PRIMARY KEY,
	"id"          TEXT NOT NULL,
	"application" TEXT NOT NULL REFERENCES application ("key") DEFERRABLE INITIALLY DEFERRED,
	"step"        TEXT NOT NULL,
	"by"          TEXT NOT NULL,
	"on"          TEXT NOT NULL,
	"note"        TEXT NOT NULL,
	"digest"      TEXT NOT NULL,
	"order"       INTEGER NOT NULL,
	"parts"       TEXT NOT NULL CHECK ("parts" = '' OR json_valid("parts")),
	CHECK ("key" = "id")
) STRICT;

CREATE INDEX review_application ON "review" ("application");

CREATE TABLE "signer" (
	"key"         TEXT NOT NULL PRIMARY KEY,
	"application" TEXT NOT NULL REFERENCES application ("key") DEFERRABLE INITIALLY DEFERRED,
	"role"        TEXT NOT NULL,
	"name"        TEXT NOT NULL,
	"title"       TEXT NOT NULL,
	CHECK ("key" = "application" || '/' || "role")
) STRICT;

CREATE TABLE "declaration" (
	"key"         TEXT NOT NULL PRIMARY KEY,
	"application" TEXT NOT NULL REFERENCES application ("key") DEFERRABLE INITIALLY DEFERRED,
	"number"      TEXT NOT NULL,
	"on"          TEXT NOT NULL,
	"place"       TEXT NOT NULL,
	"validUntil"  TEXT NOT NULL,
	"limits"      TEXT NOT NULL,
	"extra"       TEXT NOT NULL,
	CHECK ("key" = "application")
) STRICT;

CREATE INDEX evidence_digest ON evidence (digest);
