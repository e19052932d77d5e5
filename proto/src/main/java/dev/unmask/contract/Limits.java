package dev.unmask.contract;

import java.time.Duration;

/**
 * Every bound a request, queue, buffer or wait has. Sizes are in bytes unless the name says
 * otherwise.
 */
public final class Limits {
  /** Largest message a service reads; more is refused by the transport before it is parsed. */
  public static final int MESSAGE_BYTES = 16 << 20;

  /** Most bytes of a call's metadata, names and values and 32 more each; more is refused unread. */
  public static final int METADATA_BYTES = 8 << 10;

  /** Most calls under way on one connection; a client queues more itself. */
  public static final int CONNECTION_CALLS = 8192;

  /**
   * Most calls that one connection takes back within {@link #RESET_WINDOW}; then it is closed. A
   * gateway takes back what its clients do, so this is far above what one client needs.
   */
  public static final int CONNECTION_RESETS = 10_000;

  /** What takebacks are counted over. */
  public static final Duration RESET_WINDOW = Duration.ofSeconds(10);

  /**
   * Longest a connection of gRPC stays open without a call; clients open another one by themselves.
   */
  public static final Duration CONNECTION_IDLE_TIME = Duration.ofMinutes(10);

  /** Largest body of an HTTP request; a whole prompt fits, its letters escaped in JSON. */
  public static final int HTTP_BODY_BYTES = 8 << 20;

  /** Longest silence of an HTTP connection: a request may take its whole time to answer. */
  public static final Duration HTTP_IDLE_TIME = Duration.ofMinutes(11);

  /** Most answers one HTTP request asks for. */
  public static final int CHOICES = 16;

  /** Largest prompt, in bytes of UTF-8 over all its parts. */
  public static final int PROMPT_BYTES = 1 << 20;

  /** Most turns of a conversation. */
  public static final int CONVERSATION_MESSAGES = 256;

  /** Longest generation, in tokens. */
  public static final int GENERATION_LENGTH = 4096;

  /** Longest time budget that a worker counts with; more is as good as none. */
  public static final Duration TIME_BUDGET = Duration.ofDays(1);

  /** Largest temperature. */
  public static final double TEMPERATURE = 10;

  /** Largest factor of factor-based unmasking. */
  public static final double FACTOR = 64;

  /** Widest density of known tokens, of the certainty prior and of d2Cache, in positions. */
  public static final double CERTAINTY_PRIOR_SIGMA = 4096;

  /** Largest sum of entropies that bounds a step's tokens, in nats. */
  public static final double ENTROPY_BOUND = 1000;

  /** Largest divergence of a distribution that counts as standing still, in nats. */
  public static final double KL_THRESHOLD = 100;

  /** Most steps whose divergences are remembered. */
  public static final int KL_HISTORY_LENGTH = 16;

  /** Largest score of PC-Sampler, in nats. */
  public static final double CLIP_ALPHA = 1000;

  /** Largest temperature that positions are drawn with. */
  public static final double ALG_TEMPERATURE = 100;

  /** Most steps between two computations of what is kept over steps. */
  public static final int INTERVAL_STEPS = 4096;

  /** Widest smoothing of Sparse-dLLM's importance, in positions. */
  public static final int KERNEL_SIZE = 63;

  /** Most steps of a block that Sparse-dLLM waits before it chooses what to keep. */
  public static final int KEEP_DELAY_STEPS = 64;

  /** Largest scale of classifier-free guidance. */
  public static final double GUIDANCE_SCALE = 100;

  /** Most layers of a model. */
  public static final int LAYERS = 1024;

  /** Most layers whose states one request takes from another: not the last one. */
  public static final int SHARED_LAYERS = LAYERS - 1;

  /** Most stop strings of a request. */
  public static final int STOP_STRINGS = 16;

  /** Longest stop string, in characters. */
  public static final int STOP_STRING_CHARACTERS = 256;

  /** Longest name of a model, worker or request, in characters. */
  public static final int NAME_CHARACTERS = 128;

  /** Most text of violations one answer lists; trailers of 8 KiB pass every gRPC client. */
  public static final int VIOLATION_BYTES = 3 << 10;

  /** Longest message of a status; details come on top. */
  public static final int STATUS_MESSAGE_CHARACTERS = 1024;

  /** Most contexts a gateway remembers the worker of. */
  public static final int AFFINITY_ENTRIES = 65_536;

  /** Leading pieces of one prompt that count when its worker is chosen. */
  public static final int PROMPT_PIECES = 512;

  /** Most pieces of prompts that one worker tells of, and a gateway remembers of one worker. */
  public static final int HELD_PIECES = 262_144;

  /** Most prefixes of closed requests that stay in the device memory of one model. */
  public static final int RETAINED_PREFIXES = 256;

  /** Most gateways that watch the prefixes of one worker. */
  public static final int PREFIX_WATCHERS = 64;

  /** Most events that wait for one of them; then it is told everything anew. */
  public static final int PREFIX_EVENTS = 256;

  /** Longest a gateway watches a worker's prefixes before it begins anew. */
  public static final Duration PREFIX_WATCH_TIME = Duration.ofHours(1);

  /** Longest a gateway waits, at its end, for its calls to a worker to end. */
  public static final Duration CHANNEL_STOP_TIME = Duration.ofSeconds(1);

  /** Most page keys in one call of the cache-service. */
  public static final int PAGE_KEYS = 65_536;

  /** Largest piece of a page in one message. */
  public static final int PAGE_CHUNK_BYTES = 256 << 10;

  /** Largest message of the cache-service: a full chunk or a full list of keys, and some slack. */
  public static final int PAGE_MESSAGE_BYTES = 4 << 20;

  /** Largest page record. */
  public static final int PAGE_RECORD_BYTES = 64 << 20;

  /**
   * Bytes of pages that a sender queues before it waits for the network: a chunk at a time, so that
   * what it has copied is still in the processor's cache when the network takes it.
   */
  public static final int PAGE_QUEUED_BYTES = 256 << 10;

  /** Most bytes of pages under way on one connection, unread by its receiver. */
  public static final int PAGE_WINDOW_BYTES = 8 << 20;

  /** Longest a reader of pages may take nothing before its call is ended. */
  public static final Duration PAGE_STALL_TIME = Duration.ofSeconds(30);

  /** How often a worker tries again to map the files of a cache-service. */
  public static final Duration PAGE_MAPPING_RETRY = Duration.ofSeconds(10);

  /** Most connections of a worker to one instance of the cache-service. */
  public static final int CACHE_CONNECTIONS = 16;

  /** Bytes of pages that are worth a connection of their own beside others. */
  public static final int PAGE_LANE_BYTES = 2 << 20;

  /** Most calls that move pages, at once, in one cache-service. */
  public static final int PAGE_CALLS = 256;

  /** When to come back after a refusal for {@link #PAGE_CALLS}. */
  public static final Duration PAGE_CALLS_RETRY = Duration.ofMillis(100);

  /** How often the cache-service looks for states whose time is over, while nobody calls. */
  public static final Duration EXPIRY_INTERVAL = Duration.ofSeconds(1);

  /** Most states named in one call of an operator, and told in one answer. */
  public static final int ADMIN_STATES = 1000;

  /** Most operators and routers that watch states of one cache-service. */
  public static final int STATE_WATCHERS = 64;

  /** Most events that wait for one of them; more are counted and not sent. */
  public static final int STATE_EVENTS = 4096;

  /** Longest name of a namespace, in characters. */
  public static final int NAMESPACE_CHARACTERS = 64;

  /** Most states that wait to be published by one worker; more are dropped. */
  public static final int PAGE_PUBLISH_QUEUE = 4;

  /**
   * First pause of a worker's calls after the cache-service failed; each further failure doubles
   * it.
   */
  public static final Duration PAGE_PAUSE_FIRST = Duration.ofMillis(250);

  /** Longest pause of a worker's calls after the cache-service failed. */
  public static final Duration PAGE_PAUSE_MOST = Duration.ofSeconds(30);

  /**
   * Longest a cache-service's host may leave unanswered what a worker sent, a probe of a silent
   * connection, or an attempt to connect; then it is taken for gone.
   */
  public static final Duration CACHE_SILENCE_TIME = Duration.ofSeconds(3);

  /** How often a worker tries to reach a cache-service that is gone, from the first second on. */
  public static final Duration CACHE_RECONNECT_TIME = Duration.ofSeconds(2);

  /** Most instances of the cache-service whose failures a worker remembers. */
  public static final int CACHE_INSTANCES = 256;

  /** How often a worker asks anew where the instances of the cache-service are. */
  public static final Duration RESOLVE_AGAIN = Duration.ofSeconds(30);

  /** Most states of one cache-service that somebody computes at once. */
  public static final int LEASES = 65_536;

  /** Most callers of one cache-service that wait for a state that another one computes. */
  public static final int LEASE_WAITERS = 4096;

  /** Longest term of a lease, and longest wait for one. */
  public static final Duration LEASE_TIME = Duration.ofSeconds(60);

  /** How many times the estimate of a forward a worker may hold its state's lease. */
  public static final int LEASE_TERM_FORWARDS = 2;

  /** How many times the estimate of a forward a worker waits for another one to make it. */
  public static final int LEASE_WAIT_FORWARDS = 3;

  /**
   * Least estimate of a forward for leases: below it publishing and the machine's other work
   * decide, and a term that ends before its holder has published makes others compute for nothing.
   */
  public static final Duration LEASE_FORWARD_LEAST = Duration.ofSeconds(2);

  /** Largest estimate of a forward for leases, so that nobody waits above {@link #LEASE_TIME}. */
  public static final Duration LEASE_FORWARD_MOST = Duration.ofSeconds(20);

  /** Estimate of a forward for leases, before any was measured. */
  public static final Duration LEASE_FORWARD_UNMEASURED = Duration.ofSeconds(5);

  /** So many states a worker fetches before it believes what fetching takes. */
  public static final int FETCHES_FIRST = 16;

  /** One in so many states that are faster to compute is fetched, to measure fetching again. */
  public static final int FETCH_ANYWAY = 32;

  /** Links of a block-causal chain that one cache-service keeps together. */
  public static final int CHAIN_RUN_LINKS = 16;

  /** Most runs of a chain that are looked up, or read, at once. */
  public static final int CHAIN_RUNS = 16;

  /** Positions a page spans. */
  public static final int PAGE_SPAN = 32;

  /** Largest header of a safetensors file: a hundred thousand tensors fit. */
  public static final int CHECKPOINT_HEADER_BYTES = 16 << 20;

  /** Largest of the other JSON files of a model's folder, except tokenizer.json. */
  public static final int CHECKPOINT_JSON_BYTES = 16 << 20;

  /** Largest tokenizer.json of a model's folder. */
  public static final int TOKENIZER_BYTES = 128 << 20;

  /** Largest size of a model in one dimension: of a hidden state, a head, an MLP, a vocabulary. */
  public static final int MODEL_SIZE = 1 << 24;

  /** Longest chat template, in characters. */
  public static final int CHAT_TEMPLATE_CHARACTERS = 1 << 20;

  /**
   * Most parts of a chat template that rendering one conversation goes through, loops counted out.
   */
  public static final int CHAT_TEMPLATE_NODES = 100_000;

  /** Longest text that a chat template makes, on the way or in the end, in characters. */
  public static final int CHAT_TEMPLATE_OUTPUT = 4 << 20;

  /** Most elements of a list or a map that a chat template makes. */
  public static final int CHAT_TEMPLATE_ELEMENTS = 10_000;

  /** Most bytes that logits of one call of the head may take, with all their copies. */
  public static final long LOGIT_BYTES = 2L << 30;

  /** Most calls that wait for a device. */
  public static final int ENGINE_QUEUE_CALLS = 1024;

  /** Most rows a worker can be told to compute, or to score, in one forward. */
  public static final int FORWARD_ROWS = 1 << 16;

  /** Most keys a worker can be told to attend to in one forward. */
  public static final int FORWARD_KEYS = 1 << 24;

  /** Most forwards that may leave out a step before it leads one. */
  public static final int PASSED_OVER_FORWARDS = 64;

  /** Most rounds of admission that may leave out a request before it leads one. */
  public static final int PASSED_OVER_REQUESTS = 64;

  /** Most tenants whose shares a worker remembers, beside those that have something waiting. */
  public static final int SCHEDULED_TENANTS = 1024;

  /** Longest a device waits for the next steps of the requests it has just answered. */
  public static final Duration GATHER_TIME = Duration.ofMillis(1);

  /** The share of the last forward it waits at most: one in this many. */
  public static final int GATHER_SHARE = 25;

  /** Longest a request may take when its client sets no deadline. */
  public static final Duration REQUEST_TIME = Duration.ofMinutes(10);

  /** Time of a client's deadline that is not spent on steps: answers take a while to arrive. */
  public static final Duration DEADLINE_MARGIN = Duration.ofMillis(50);

  /** Least time a worker is told that a request has: enough for one step. */
  public static final Duration TIME_BUDGET_LEAST = Duration.ofMillis(1);

  /** How often one request is opened anew when its worker is lost. */
  public static final int REOPENINGS = 2;

  /** One request in so many may be opened anew, over time; see {@link #REOPENED_BURST}. */
  public static final int REOPENED_ONE_IN = 5;

  /** Requests that may be opened anew at once, as when several workers are lost together. */
  public static final int REOPENED_BURST = 512;

  /** Longest a lost request waits until another worker can be reached. */
  public static final Duration REOPEN_WAIT = Duration.ofSeconds(2);

  /**
   * Least silence of a worker, asked for the next event, after which a request is taken from it;
   * and how long the end of its call is waited for after the last event.
   */
  public static final Duration SILENCE_LEAST = Duration.ofSeconds(2);

  /** Median steps of a worker that this silence lasts at least, while it owes steps. */
  public static final int SILENCE_STEPS = 10;

  /** How often a gateway looks whether a worker is silent, or another one can be reached. */
  public static final Duration SILENCE_CHECK = Duration.ofMillis(250);

  /** Longest a worker may take to say how busy it is; then it does not count as reachable. */
  public static final Duration POLL_TIME = Duration.ofMillis(1250);

  /** Longest a service may take from its process's start until it takes calls. */
  public static final Duration PROCESS_START_TIME = Duration.ofMinutes(2);

  /** Longest a service's process may take to end before it is killed. */
  public static final Duration PROCESS_STOP_TIME = Duration.ofSeconds(10);

  /** Most pieces of memory a worker keeps for the next states it fetches. */
  public static final int PAGE_FETCH_IDLE = 4;

  /** Longest a worker waits for pages before it computes them. */
  public static final Duration PAGE_READ_TIME = Duration.ofSeconds(5);

  /** Longest a worker takes to hand pages to the cache-service. */
  public static final Duration PAGE_WRITE_TIME = Duration.ofSeconds(10);

  /** Longest a call that only asks for facts may take. */
  public static final Duration QUERY_TIME = Duration.ofSeconds(2);

  /**
   * How long a request waits at least to hear which of its pages are stored, unless states are
   * always fetched.
   */
  public static final Duration FIND_WAIT_LEAST = Duration.ofMillis(20);

  /**
   * Or as many times as long as such calls usually take, if that is longer and computing slower.
   */
  public static final int FIND_WAIT_CALLS = 4;

  /** Most workers of one entry of a gateway's settings. */
  public static final int FLEET_WORKERS = 1024;

  /** Longest a gateway waits at its start until its workers were looked for. */
  public static final Duration FIRST_LOOKUP_TIME = Duration.ofSeconds(5);

  /** Longest a worker that is not in a gateway's fleet any more keeps the requests it has. */
  public static final Duration WORKER_LEAVE_TIME = REQUEST_TIME.plusMinutes(1);

  /** Longest a worker makes requests of itself before it serves, a model. */
  public static final Duration WARM_UP_TIME = Duration.ofSeconds(5);

  /** Most requests that wait for a slot of one worker. */
  public static final int WAITING_REQUESTS = 64;

  /** When to try again after a worker's line was full. */
  public static final Duration BUSY_RETRY = Duration.ofMillis(500);

  /** How long a client should wait before it asks again for what is unavailable. */
  public static final Duration RETRY_DELAY = Duration.ofSeconds(1);

  /** Longest silence of a connection before it is probed, and of the probe's answer. */
  public static final Duration KEEPALIVE_TIME = Duration.ofSeconds(10);

  /** Most requests a load generator has under way; later arrivals are counted and not sent. */
  public static final int LOAD_REQUESTS_UNDER_WAY = 8192;

  /** Highest rate a load generator sends at, in requests a second. */
  public static final double LOAD_RATE = 10_000;

  /** Lowest rate a load generator sends at, in requests a second. */
  public static final double LOAD_RATE_LEAST = 0.001;

  /** Most requests a load generator measures at one load. */
  public static final int LOAD_REQUESTS = 10_000_000;

  /** Longest a load generator measures at one load, and latency it can tell apart from longer. */
  public static final Duration LOAD_TIME = Duration.ofHours(24);

  /** Longest a load generator waits, after the last request, for requests to end. */
  public static final Duration LOAD_DRAIN_TIME = Duration.ofSeconds(60);

  /** How late a load generator may send one request in a hundred without saying so. */
  public static final Duration LOAD_LAG = Duration.ofMillis(10);

  /** Most loads measured one after the other. */
  public static final int LOADS = 64;

  /** Most parts of a mix of prompts or lengths. */
  public static final int MIX_PARTS = 64;

  /** Most tenants of a gateway, and most issuers of their tokens. */
  public static final int TENANTS = 1024;

  /** Most API keys of one tenant: the one in use, and those that come or go. */
  public static final int TENANT_KEYS = 16;

  /** Largest file of tenants or of an issuer's keys. */
  public static final int TENANTS_FILE_BYTES = 4 << 20;

  /** Longest credential of a call, in characters. */
  public static final int CREDENTIAL_CHARACTERS = 8192;

  /** How often a gateway looks whether the files that say who its tenants are have changed. */
  public static final Duration TENANTS_REFRESH = Duration.ofSeconds(2);

  /** How far clocks of a token's issuer and of a gateway may be apart. */
  public static final Duration TOKEN_CLOCK_SKEW = Duration.ofSeconds(60);

  /** Most requests that wait in a gateway to be sent to a worker. */
  public static final int GATEWAY_WAITING = 1024;

  /** Requests a gateway has at its workers at once, at first, before it has learned how many. */
  public static final int GATEWAY_SENT_FIRST = 64;

  /** Most requests a gateway has at its workers at once, whatever it learns. */
  public static final int GATEWAY_SENT_MOST = 4096;

  /** How often a gateway looks for waiting requests whose time is over. */
  public static final Duration GATEWAY_SWEEP = Duration.ofMillis(250);

  /** Largest file of certificates or of a key. */
  public static final int TLS_FILE_BYTES = 1 << 20;

  /** How often a service looks whether its certificates, keys and authorities have changed. */
  public static final Duration TLS_REFRESH = Duration.ofSeconds(10);

  /** How long a new connection may go on with what an earlier one has shown. */
  public static final Duration TLS_SESSION_TIME = Duration.ofMinutes(1);

  /** Most calls for metrics that a service answers at once. */
  public static final int METRICS_CALLS = 4;

  /** How long whoever asks for metrics waits for an answer. */
  public static final Duration METRICS_SCRAPE_TIME = Duration.ofSeconds(2);

  /** Largest page of metrics that is read. */
  public static final int METRICS_PAGE_BYTES = 8 << 20;

  /** Most characters of a prompt that a log holds, where it may. */
  public static final int LOGGED_CHARACTERS = 16_384;

  /** Most steps of a request that have a span of their own; of the others there is a count. */
  public static final int TRACED_STEPS = 128;

  /** Most spans that wait to be exported; more are dropped. */
  public static final int TRACE_QUEUE = 8192;

  /** How long spans wait for others to be exported with. */
  public static final Duration TRACE_EXPORT_DELAY = Duration.ofSeconds(1);

  /** How long a collector of traces may take for an answer, and a service for its last spans. */
  public static final Duration TRACE_EXPORT_TIME = Duration.ofSeconds(5);

  private Limits() {}
}
