BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE audit (
	firm VARCHAR(64) NOT NULL, 
	seq INTEGER NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	actor TEXT NOT NULL, 
	origin VARCHAR(16) NOT NULL, 
	generation INTEGER NOT NULL, 
	"plan" TEXT NOT NULL, 
	writes VARCHAR(80) NOT NULL, 
	previous VARCHAR(80) NOT NULL, 
	hash VARCHAR(80) NOT NULL, 
	PRIMARY KEY (firm, seq), 
	CONSTRAINT audit_firm FOREIGN KEY(firm) REFERENCES firms (id)
);
INSERT INTO "audit" VALUES('alder',1,'2026-03-02T09:00:00.000+00:00','portal','seed',1,'','sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945','','sha256:455b3c2b0b249d7a0bac4e7378cc0c1ec87bec560a114d402231f4d083f54fd0');
INSERT INTO "audit" VALUES('alder',2,'2026-03-02T09:00:00.000+00:00','ci','plan',2,'sha256:p','sha256:314334badea9ab6297775a0e48b9111b2dfe059de0f35ba4002352767d4197c4','sha256:455b3c2b0b249d7a0bac4e7378cc0c1ec87bec560a114d402231f4d083f54fd0','sha256:a9004241b1e6326f7d0856f8a81f1f28fe9df18a9170735535736009b79068f9');
CREATE TABLE firms (
	id VARCHAR(64) NOT NULL, 
	generation INTEGER NOT NULL, 
	facts JSON NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "firms" VALUES('alder',2,'{"apiVersion":"portalsync/v1","currency":"EUR","firm":"alder","kind":"Facts"}');
CREATE TABLE generations (
	firm VARCHAR(64) NOT NULL, 
	generation INTEGER NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	origin VARCHAR(16) NOT NULL, 
	actor TEXT NOT NULL, 
	"plan" TEXT NOT NULL, 
	settings JSON NOT NULL, 
	managed JSON NOT NULL, 
	writes JSON NOT NULL, 
	applied INTEGER, 
	PRIMARY KEY (firm, generation), 
	CONSTRAINT generations_firm FOREIGN KEY(firm) REFERENCES firms (id)
);
INSERT INTO "generations" VALUES('alder',1,'2026-03-02T09:00:00.000+00:00','seed','portal','','{}','[]','[]',NULL);
INSERT INTO "generations" VALUES('alder',2,'2026-03-02T09:00:00.000+00:00','plan','ci','sha256:p','{"chat.clients_can_start":false}','["chat.clients_can_start"]','[{"after":false,"path":"chat.clients_can_start"}]',2);
CREATE TABLE idempotency (
	firm VARCHAR(64) NOT NULL, 
	"key" VARCHAR(200) NOT NULL, 
	request VARCHAR(80) NOT NULL, 
	status INTEGER NOT NULL, 
	body JSON NOT NULL, 
	PRIMARY KEY (firm, "key"), 
	CONSTRAINT idempotency_firm FOREIGN KEY(firm) REFERENCES firms (id)
);
INSERT INTO "idempotency" VALUES('alder','sha256:p','sha256:d0ed35c5db0092c3dfeef02d3478bfdbf724e22d6606d2ef8cd7f8b7bb57cc86',201,'{"digest":"sha256:16882fcc6e4a4008cb8b53d62f9671a00076516f6f7c792e423bf66f7d073195","generation":2,"id":"alder","previous":1}');
CREATE TABLE portal (
	single INTEGER NOT NULL CONSTRAINT portal_single CHECK (single = 1), 
	id VARCHAR(36) NOT NULL, 
	PRIMARY KEY (single)
);
INSERT INTO "portal" VALUES(1,'18cb599a-e521-405c-a1a2-34811cd5d1b7');
CREATE TABLE sample_clients (
	id VARCHAR(64) NOT NULL, 
	document JSON NOT NULL, 
	PRIMARY KEY (id)
);
COMMIT;
