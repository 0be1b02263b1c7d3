namespace RechargeGrains.Sandbox;

/// <summary>How a sandbox behaves. The defaults are the strict reading of what Recharge and Ometria publish.</summary>
public sealed class SandboxOptions
{
    /// <summary>Where it listens. Default a free port of the loopback interface.</summary>
    public string Url { get; set; } = "http://127.0.0.1:0";

    /// <summary>The same seed, size and start instant give the same store.</summary>
    public int Seed { get; set; } = 1;

    public int Customers { get; set; } = 200;

    /// <summary>First instant of the clock. Default the real time.</summary>
    public DateTimeOffset? Now { get; set; }

    /// <summary>Sandbox seconds in a real second. Default 1; 0 moves only when it is advanced.</summary>
    public double ClockSpeed { get; set; } = 1;

    /// <summary>Measures the rate limits of both sides in real time whatever the clock does. Default false.</summary>
    public bool RealTimeRateLimits { get; set; }

    public string RechargeToken { get; set; } = "sk_test_1x1_sandbox_recharge_token";

    /// <summary>The secret that signs webhooks registered with <see cref="RechargeToken"/>.</summary>
    public string ClientSecret { get; set; } = "sandbox_client_secret";

    /// <summary>Default: every scope that the sandbox knows.</summary>
    public IReadOnlyList<string> RechargeScopes { get; set; } = ScopeNames.All;

    /// <summary>The <c>external_platform</c> of the store. Default <c>shopify</c>.</summary>
    public string Platform { get; set; } = "shopify";

    public string StoreName { get; set; } = "Morning Coffee";

    public string StoreDomain { get; set; } = "morning-coffee.myshopify.com";

    /// <summary>IANA name of the store's time zone; its calendar decides what "today" is.</summary>
    public string TimeZone { get; set; } = "Europe/London";

    public string Currency { get; set; } = "GBP";

    /// <summary>Version served to a call that names none. Default 2021-01, as seen live.</summary>
    public string DefaultApiVersion { get; set; } = ApiVersions.Base;

    /// <summary>Depth of the leaky bucket of a token. Default 40.</summary>
    public int BucketSize { get; set; } = 40;

    /// <summary>Calls that leak out of the bucket in a second. Default 2.</summary>
    public double LeakPerSecond { get; set; } = 2;

    /// <summary>False: pages read by cursor come without what the first page's <c>include</c> asked for.</summary>
    public bool IncludeSubscriptionsOnCursorPages { get; set; } = true;

    /// <summary>True: a changed subscription count moves <c>updated_at</c> of the customer. Unknown of Recharge; default false.</summary>
    public bool CountsTouchCustomer { get; set; }

    /// <summary>True: webhooks carry included objects under <c>include</c> of the resource, as REST does. Default beside it.</summary>
    public bool WebhookIncludesInsideResource { get; set; }

    /// <summary>How long a receiver has to answer, in real time. Default 5 s.</summary>
    public TimeSpan WebhookTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Attempts before the registration is deleted. Default 20.</summary>
    public int WebhookAttempts { get; set; } = 20;

    /// <summary>From the first attempt to the last one. Default 48 h.</summary>
    public TimeSpan WebhookRetrySpan { get; set; } = TimeSpan.FromHours(48);

    /// <summary>Multiplies the retry schedule: 0.001 squeezes 48 h into less than 3 minutes.</summary>
    public double WebhookRetryScale { get; set; } = 1;

    /// <summary>True: anything but 2xx is a failure (the older rule). Default: no answer, 408, 429 and 5xx only.</summary>
    public bool WebhookFailsOnAnyNon2xx { get; set; }

    /// <summary>True: a retry is signed at its own time. False: every attempt carries the first signature. Default true.</summary>
    public bool WebhookRetriesAreResigned { get; set; } = true;

    /// <summary>Deliveries under way at once. Default 4, so order is not promised; 1 keeps it.</summary>
    public int WebhookConcurrency { get; set; } = 4;

    /// <summary>Lead time of <c>charge/upcoming</c>, a setting of the store. Default 3 days.</summary>
    public int UpcomingChargeDays { get; set; } = 3;

    /// <summary>
    /// False: a delivery is forgotten when it is settled, and only <see cref="WebhookSender.Tally"/> tells of it. For runs of a million.
    /// Default true.
    /// </summary>
    public bool KeepsDeliveries { get; set; } = true;

    public string OmetriaApiKey { get; set; } = "sandbox_ometria_key";

    /// <summary>Pushes in a second for one account. Default 4, the older and smaller published limit.</summary>
    public int OmetriaPushesPerSecond { get; set; } = 4;

    /// <summary>Other calls in a second for one account. Default 4.</summary>
    public int OmetriaReadsPerSecond { get; set; } = 4;

    /// <summary>How much of a second two pushes may move towards each other on the wire. Default 50 ms.</summary>
    public TimeSpan OmetriaRateTolerance { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>False: the first key may push and not read.</summary>
    public bool OmetriaKeyMayRead { get; set; } = true;

    /// <summary>Records that may wait in Ometria's queue; null leaves the limit and its headers out. Default null.</summary>
    public int? OmetriaQueueLimit { get; set; }

    /// <summary>Records that leave the queue in a second. Default 100.</summary>
    public double OmetriaQueueDrainPerSecond { get; set; } = 100;

    /// <summary>True: <c>@merge</c> reaches inside <c>properties</c>. Not documented; default false, the object is swapped.</summary>
    public bool OmetriaMergesProperties { get; set; }

    /// <summary>True: the list of errors names record and request. Default false, only message and path.</summary>
    public bool OmetriaRichErrors { get; set; }

    /// <summary>False: of an accepted event only what a comparison needs is kept, not its record. For runs of a million. Default true.</summary>
    public bool OmetriaKeepsRecords { get; set; } = true;

    /// <summary>True: a 202 names the records it rejected, by their ids under <c>rejected_items</c>. Default false, only how many.</summary>
    public bool OmetriaNamesRejected { get; set; }
}
