-- Several providers, how they fared, and when generations began.

CREATE TABLE providers (
    id          TEXT PRIMARY KEY,
    position    INTEGER NOT NULL,
    name        TEXT NOT NULL,
    kind        TEXT NOT NULL,
    base_url    TEXT NOT NULL,
    model       TEXT NOT NULL,
    small_model TEXT NOT NULL,
    enabled     INTEGER NOT NULL,
    -- Sealed with the server's secret.
    api_key     BLOB,
    -- As versions before this step wrote it; the next start seals it and empties this.
    clear_key   TEXT
) STRICT;

-- At most one row.
CREATE TABLE model_settings (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    -- NULL is `auto`.
    preferred TEXT,
    -- NULL: as the environment says.
    fallback  INTEGER
) STRICT;

INSERT INTO providers
SELECT CASE
           WHEN kind = 'ollama' THEN 'ollama'
           WHEN base_url LIKE 'https://openrouter.ai/%' THEN 'openrouter'
           WHEN base_url LIKE 'https://api.openai.com/%' THEN 'openai'
           ELSE 'custom'
       END,
       0,
       CASE
           WHEN kind = 'ollama' THEN 'Ollama'
           WHEN base_url LIKE 'https://openrouter.ai/%' THEN 'OpenRouter'
           WHEN base_url LIKE 'https://api.openai.com/%' THEN 'OpenAI'
           ELSE 'OpenAI-compatible server'
       END,
       kind, base_url, model, '', 1, NULL, api_key
FROM provider;

-- What was asked until now is still asked first.
INSERT INTO model_settings SELECT 1, id, NULL FROM providers;

DROP TABLE provider;

CREATE TABLE model_calls (
    sequence          INTEGER PRIMARY KEY,
    provider          TEXT NOT NULL,
    model             TEXT NOT NULL,
    started_ms        INTEGER NOT NULL,
    first_token_ms    INTEGER,
    duration_ms       INTEGER NOT NULL,
    prompt_tokens     INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL,
    cost_micro_usd    INTEGER,
    outcome           TEXT NOT NULL,
    reason            TEXT
) STRICT;

-- Generations of the last hour, for their limit.
CREATE TABLE generation_starts (
    sequence   INTEGER PRIMARY KEY,
    user_id    TEXT NOT NULL,
    started_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX generation_starts_by_user ON generation_starts (user_id, started_ms);
