using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace RechargeGrains.Api.Tests.Pages;

/// <summary>Somebody at a browser. What a page's console complains of fails the test at the end.</summary>
public sealed class BrowserUser : IAsyncDisposable
{
    /// <summary>Where screenshots for the documentation go, if they are wanted.</summary>
    private static readonly string? Screenshots = Environment.GetEnvironmentVariable("SCREENSHOTS");

    private static readonly string[] Serious = ["serious", "critical"];

    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    public BrowserUser(IBrowserContext context, IPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        _context = context;
        Page = page;
        page.Console += (_, message) => Note(message.Type == "error" && !IsAnswer(message.Text), message.Text);
        page.PageError += (_, error) => Note(true, error);
    }

    /// <summary>Waits for the address alone: whoever waits for the load of a page that is there already waits in vain.</summary>
    public static PageWaitForURLOptions Arrived => new() { WaitUntil = WaitUntilState.Commit };

    public IPage Page { get; }

    public ILocator Heading => Page.Locator("h1");

    public ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name });

    public ILocator Field(string label, bool exact = false) => Page.GetByLabel(label, new() { Exact = exact });

    public ILocator Text(string text) => Page.GetByText(text);

    /// <summary>Opens a page and waits until it is live.</summary>
    /// <returns>The status of the answer.</returns>
    public async Task<int> GoAsync(string path)
    {
        var answer = await Page.GotoAsync(path);
        await LiveAsync();
        return answer!.Status;
    }

    /// <summary>Waits until what is on the page does something.</summary>
    public Task LiveAsync() => Assertions.Expect(Page.Locator("fieldset.rg-page[disabled]")).ToHaveCountAsync(0);

    /// <summary>Accepts an invitation and so signs in.</summary>
    public async Task AcceptAsync(string link)
    {
        await Page.GotoAsync(link);
        await Field("New password").FillAsync(BrowserFixture.Password);
        await Field("The same again").FillAsync(BrowserFixture.Password);
        await Button("Set the password and sign in").ClickAsync();
        await Page.WaitForURLAsync(url => !url.Contains("/welcome", StringComparison.Ordinal), Arrived);
        await LiveAsync();
    }

    /// <summary>Signs in with the password that everybody has here.</summary>
    public async Task SignInAsync(string email)
    {
        await Page.GotoAsync("/sign-in");
        await Field("E-mail address").FillAsync(email);
        await Field("Password").FillAsync(BrowserFixture.Password);
        await Button("Sign in").ClickAsync();
        await Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal), Arrived);
        await LiveAsync();
    }

    /// <summary>Presses Tab until something has the focus.</summary>
    public async Task TabToAsync(ILocator place)
    {
        const int Enough = 60;
        for (var presses = 0; presses < Enough; presses++)
        {
            if (await place.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
            await Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{place} cannot be reached with Tab.");
    }

    /// <summary>Waits until the page shows a text.</summary>
    public Task SeesAsync(string text) => Assertions.Expect(Page.GetByText(text).First).ToBeVisibleAsync(new() { Timeout = (float)Patience.Long.TotalMilliseconds });

    public Task SeesHeadingAsync(string text) => Assertions.Expect(Heading).ToHaveTextAsync(text);

    /// <summary>That axe-core finds nothing serious on the page as it is, in light and in dark.</summary>
    public async Task AssertAccessibleAsync()
    {
        foreach (var colors in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await Page.EmulateMediaAsync(new() { ColorScheme = colors });
            // The page learns of it from the browser and draws itself anew.
            await Assertions.Expect(Page.GetByRole(AriaRole.Button, new() { Name = colors == ColorScheme.Dark ? "Switch to light colours" : "Switch to dark colours" }))
                .ToBeVisibleAsync();
            var result = await Page.RunAxe();
            var found = result.Violations.Where(violation => Serious.Contains(violation.Impact)).Select(Describe).ToList();
            Assert.True(found.Count == 0, $"{Page.Url} in {colors}:\n{string.Join('\n', found)}");
        }

        await Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await Assertions.Expect(Button("Switch to dark colours")).ToBeVisibleAsync();
    }

    /// <summary>That nothing has to be scrolled sideways.</summary>
    public async Task AssertFitsAsync() => Assert.True(
        await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{Page.Url} is wider than the window.");

    /// <summary>Takes a picture for the documentation, if they are wanted.</summary>
    public async Task PictureAsync(string name)
    {
        if (Screenshots is not null)
            await Page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_complaints);
    }

    private void Note(bool isComplaint, string text)
    {
        if (isComplaint)
            _complaints.Add(text);
    }

    // Chromium calls each answer above 399 an error; tests that ask for one look at it themselves.
    private static bool IsAnswer(string text) => text.StartsWith("Failed to load resource: the server responded with a status", StringComparison.Ordinal);

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id}: {violation.Help}\n{string.Join('\n', violation.Nodes.Take(5).Select(node => $"    {node.Html}\n      {string.Join(' ', node.Any.Select(check => check.Message))}"))}";
}
