using Microsoft.Playwright;

namespace RechargeGrains.Api.Tests.Pages;

/// <summary>The product and a sandbox, with the machine's Chromium to look at the pages. Without one the tests are skipped and say so.</summary>
public class BrowserFixture : ProductFixture
{
    /// <summary>What a person would set as theirs.</summary>
    public const string Password = "a sentence that nobody guesses";

    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private int _people;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The Chromium of this machine, from <c>CHROMIUM</c> or where packages put it; null if there is none.</summary>
    private static string? Chromium => Environment.GetEnvironmentVariable("CHROMIUM") ?? Array.Find(Places, File.Exists);

    /// <summary>A browser of its own, with no session.</summary>
    public async Task<BrowserUser> OpenAsync(int width = 1280, ColorScheme colors = ColorScheme.Light)
    {
        Assert.SkipWhen(Chromium is null, "There is no Chromium on this machine. Install it (apt install chromium) or name it in CHROMIUM.");
        _playwright ??= await Playwright.CreateAsync();
        // Chromium's own sandbox needs rights that a build machine does not give.
        _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox"] });
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = Product.Address.ToString(),
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = colors,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout((float)Patience.Short.TotalMilliseconds);
        Assertions.SetDefaultExpectTimeout((float)Patience.Short.TotalMilliseconds);
        return new BrowserUser(context, await context.NewPageAsync());
    }

    /// <summary>Somebody of a tenant who has just accepted an invitation.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="role"><c>administrator</c> or <c>member</c>.</param>
    /// <param name="width">Of the window, in pixels.</param>
    /// <param name="colors">What the system asks for.</param>
    public async Task<BrowserUser> SignInAsync(TestTenant tenant, string role = "administrator", int width = 1280, ColorScheme colors = ColorScheme.Light)
    {
        var user = await OpenAsync(width, colors);
        await user.AcceptAsync(await InviteAsync(tenant, NewEmail(), role));
        return user;
    }

    public string NewEmail() => $"somebody-{Interlocked.Increment(ref _people)}@example.test";

    /// <summary>The link of a new invitation.</summary>
    public async Task<string> InviteAsync(TestTenant tenant, string email, string role = "administrator") =>
        (await tenant.Administrator.PostAsync($"{tenant.Path}/people", new { email, name = role == "member" ? "Max Member" : "Ada Admin", role }))
            .Expect(201).Field("link")!;

    /// <summary>Somebody of the staff. The first lets themselves in with the link that the program printed, others are invited.</summary>
    public async Task<BrowserUser> SignInStaffAsync(int width = 1280, ColorScheme colors = ColorScheme.Light)
    {
        var user = await OpenAsync(width, colors);
        var email = $"staff-{Guid.NewGuid():N}@example.test";
        var link = (await Operator.PostAsync("/api/v1/staff", new { email, name = "Olga Operator" })).Expect(201).Field("link")!;
        await user.AcceptAsync(link);
        return user;
    }

    /// <summary>The link for the first of the staff, as the program printed it.</summary>
    public async Task<string> FirstLinkAsync()
    {
        const string Path = "/welcome/first?code=";
        var line = await Product.WaitForWordsAsync(Path, Patience.Short, TestContext.Current.CancellationToken);
        return line[line.IndexOf(Path, StringComparison.Ordinal)..];
    }

    public override async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        await base.DisposeAsync();
    }
}
