using Microsoft.Playwright;

namespace TiersLieux.Market.Browser.Tests.Support;

/// <summary>A person at a browser of their own.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly List<string> _errors = [];

    internal Visitor(IBrowserContext context, IPage page)
    {
        Context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (string.Equals(message.Type, "error", StringComparison.Ordinal)) _errors.Add(message.Text);
        };
        page.PageError += (_, error) => _errors.Add(error);
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>What the browser complained about: script errors, refused content, failed requests.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>The complaints so far; the list begins anew.</summary>
    public IReadOnlyList<string> TakeErrors()
    {
        string[] taken = [.. _errors];
        _errors.Clear();
        return taken;
    }

    /// <summary>Sets aside what a refusal makes the browser say: the answer's status, as in "409".</summary>
    public void Forgive(string status) => _errors.RemoveAll(e => e.Contains(status, StringComparison.Ordinal));

    /// <summary>Keeps a picture when <c>SCREENSHOTS</c> names a folder, to be looked at.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is not { Length: > 0 } folder) return;
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    public ValueTask DisposeAsync() => Context.DisposeAsync();
}
