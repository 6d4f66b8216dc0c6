using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using TiersLieux.Market.Sandbox.Common;

namespace TiersLieux.Market.Sandbox.Pages;

/// <summary>The pages that people see; each area maps its own.</summary>
internal static class SandboxPages
{
    public static void Map(WebApplication app, SandboxDatabase database)
    {
        var css = ReadStyle();
        app.MapGet("/sandbox.css", (HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "max-age=300";
            return Results.Text(css, "text/css");
        });
        PaymentPages.Map(app, database);
        OnboardingPages.Map(app, database);
        ConsolePages.Map(app, database);
        BankPages.Map(app, database);
    }

    public static RazorComponentResult Show<TPage>(Language language, object view, int status = 200)
        where TPage : IComponent =>
        new(typeof(TPage), new Dictionary<string, object?>(StringComparer.Ordinal) { ["L"] = language, ["View"] = view }) { StatusCode = status };

    public static RazorComponentResult Message(Language l, int status, string title, string text, string? link = null) =>
        Show<MessagePage>(l, new MessageView(title, text, link, link is null ? null : l["Revenir au site", "Back to the site"]), status);

    public static RazorComponentResult Foreign(Language l) => Message(
        l, 403, l["Demande refusée", "Request refused"],
        l["Ce formulaire a été envoyé depuis un autre site.", "This form was sent from another site."]);

    /// <summary>What a form holds, trimmed.</summary>
    public static async Task<Dictionary<string, string>> FormAsync(HttpContext http)
    {
        var typed = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!http.Request.HasFormContentType)
            return typed;
        foreach (var (key, value) in await http.Request.ReadFormAsync(http.RequestAborted))
            typed[key] = value.ToString().Trim();
        return typed;
    }

    public static string BaseUrl(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}";

    private static string ReadStyle()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("sandbox.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
