-- What Orleans' ADO.NET provider for grain state looks for, for SQLite and for PostgreSQL: as few statements as keep what it promises.
CREATE TABLE record (
    service text NOT NULL,
    grain   text NOT NULL,
    type    text NOT NULL,
    version integer NOT NULL,
    payload BYTES NOT NULL,
    PRIMARY KEY (service, grain, type)
);

CREATE TABLE OrleansQuery (QueryKey text PRIMARY KEY, QueryText text NOT NULL);

INSERT INTO OrleansQuery VALUES ('ReadFromStorageKey', '
    SELECT payload AS PayloadBinary, version AS Version FROM record
    WHERE service = @ServiceId AND grain = @GrainIdExtensionString AND type = @GrainTypeString');

INSERT INTO OrleansQuery VALUES ('WriteToStorageKey', '
    INSERT INTO record (service, grain, type, version, payload)
    VALUES (@ServiceId, @GrainIdExtensionString, @GrainTypeString, 1, @PayloadBinary)
    ON CONFLICT (service, grain, type) DO UPDATE SET payload = excluded.payload, version = record.version + 1
    WHERE record.version = @GrainStateVersion
    RETURNING version AS NewGrainStateVersion');

INSERT INTO OrleansQuery VALUES ('ClearStorageKey', '
    DELETE FROM record WHERE service = @ServiceId AND grain = @GrainIdExtensionString AND type = @GrainTypeString AND version = @GrainStateVersion
    RETURNING 0 AS NewGrainStateVersion');

INSERT INTO OrleansQuery SELECT 'DeleteStorageKey', QueryText FROM OrleansQuery WHERE QueryKey = 'ClearStorageKey';
