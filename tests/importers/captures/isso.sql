CREATE TABLE preferences (key VARCHAR PRIMARY KEY, value VARCHAR);
CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));
CREATE TABLE comments (
    tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER,
    created FLOAT NOT NULL, modified FLOAT, mode INTEGER, remote_addr VARCHAR,
    text VARCHAR, author VARCHAR, email VARCHAR, website VARCHAR,
    likes INTEGER DEFAULT 0, dislikes INTEGER DEFAULT 0, voters BLOB NOT NULL, notification INTEGER DEFAULT 0);
CREATE TRIGGER remove_stale_threads AFTER DELETE ON comments
BEGIN DELETE FROM threads WHERE id NOT IN (SELECT tid FROM comments); END;
PRAGMA user_version = 5;
INSERT INTO preferences VALUES ('session-key', 'd41d8cd98f00b204e9800998ecf8427e');
INSERT INTO threads VALUES (3, '/2023/bridge/', 'The bridge reopens');
INSERT INTO comments VALUES
 (3, 101, NULL, 1688923320.25, 1688923400.5, 1, '203.0.113.0', 'Half an hour *less*. <script>alert(1)</script>', 'Ana Ruiz', 'ana@secret.example', 'https://ana.example/', 3, 1, x'00ff', 1),
 (3, 102, 101, 1688923500.0, NULL, 1, '203.0.113.0', 'And the view is back. [x](javascript:alert(1))', 'b@secret.example', 'b@secret.example', 'javascript:alert(1)', 0, 0, x'00', 0),
 (3, 103, 104, 1688923620.0, NULL, 1, '203.0.113.0', 'By night too?', '1900', NULL, NULL, 0, 0, x'00', 0),
 (3, 104, NULL, 1688923560.0, NULL, 4, '203.0.113.0', '', NULL, 'd@secret.example', NULL, 0, 0, x'00', 0),
 (3, 105, NULL, 1688923680.0, NULL, 2, '203.0.113.0', 'NEVER shown.', 'NEVER', 'e@secret.example', NULL, 0, 0, x'00', 0);
