using System.Globalization;
using Microsoft.Playwright;
using TiersLieux.Market.Browser.Tests.Support;
using Xunit;

namespace TiersLieux.Market.Browser.Tests.Shell;

[Collection(PagesCollection.Name)]
public sealed class ShellTests(ChromiumFixture chromium, PagesHost host)
{
    [Theory]
    [InlineData("/", 1280, false)]
    [InlineData("/", 390, true)]
    [InlineData("/styleguide", 1280, true)]
    [InlineData("/styleguide", 390, false)]
    [InlineData("/styleguide?partie=formulaires", 390, false)]
    [InlineData("/styleguide?partie=dessins", 1280, false)]
    [InlineData("/styleguide?partie=dessins", 390, true)]
    [InlineData("/styleguide?partie=procedes", 1280, false)]
    public async Task A_page_is_accessible_fits_and_keeps_the_content_policy(string path, int width, bool dark)
    {
        await using var visitor = await chromium.VisitAsync(host.Address, width, dark);
        await visitor.Page.GotoAsync(path);
        await visitor.PictureAsync($"{path.Trim('/').Replace('?', '-').Replace('=', '-')}-{width}-{(dark ? "dark" : "light")}");
        await Accessibility.HasNothingSeriousAsync(visitor.Page);
        await Accessibility.FitsTheScreenAsync(visitor.Page);
        Assert.Empty(visitor.Errors);
    }

    [Fact]
    public async Task The_language_switch_works_without_script_and_stays()
    {
        await using var visitor = await chromium.VisitAsync(host.Address, script: false);
        await visitor.Page.GotoAsync("/styleguide?partie=formulaires");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "EN, switch to English" }).ClickAsync();
        Assert.EndsWith("/styleguide?partie=formulaires", visitor.Page.Url, StringComparison.Ordinal);
        Assert.Equal("en", await visitor.Page.Locator("html").GetAttributeAsync("lang"));
        await visitor.Page.GotoAsync("/");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Have it made nearby");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "FR, passer en français" }).ClickAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Faites-le fabriquer près d’ici");
    }

    [Fact]
    public async Task The_dark_theme_can_be_chosen_without_script()
    {
        await using var visitor = await chromium.VisitAsync(host.Address, width: 390, script: false);
        await visitor.Page.GotoAsync("/");
        await visitor.Page.Locator("details.account summary").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sombre" }).ClickAsync();
        Assert.Equal("dark", await visitor.Page.Locator("html").GetAttributeAsync("data-theme"));
        Assert.Equal("rgb(21, 25, 26)", await visitor.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor"));
    }

    [Theory]
    [InlineData("//ailleurs.example/")]
    [InlineData("https://ailleurs.example/")]
    [InlineData("/\\ailleurs.example")]
    [InlineData("")]
    public async Task A_switch_never_leads_to_another_site(string back)
    {
        await using var visitor = await chromium.VisitAsync(host.Address, script: false);
        await visitor.Page.GotoAsync("/styleguide");
        var token = await visitor.Page.Locator("form.language input[name=__RequestVerificationToken]").GetAttributeAsync("value");
        var form = visitor.Context.APIRequest.CreateFormData();
        form.Append("value", "en");
        form.Append("back", back);
        form.Append("__RequestVerificationToken", token!);
        var answer = await visitor.Context.APIRequest.PostAsync("/preferences/langue", new() { Form = form, MaxRedirects = 0 });
        Assert.Equal(303, answer.Status);
        Assert.Equal("/", answer.Headers["location"]);
    }

    [Fact]
    public async Task A_switch_without_its_token_changes_nothing()
    {
        await using var visitor = await chromium.VisitAsync(host.Address, script: false);
        var form = visitor.Context.APIRequest.CreateFormData();
        form.Append("value", "en");
        var answer = await visitor.Context.APIRequest.PostAsync("/preferences/langue", new() { Form = form, MaxRedirects = 0 });
        Assert.Equal(400, answer.Status);
        Assert.DoesNotContain(await visitor.Context.CookiesAsync(), cookie => string.Equals(cookie.Name, "langue", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_address_says_so_with_the_status()
    {
        await using var visitor = await chromium.VisitAsync(host.Address);
        var answer = await visitor.Page.GotoAsync("/nulle-part");
        Assert.Equal(404, answer!.Status);
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Cette page n’existe pas, ou plus");
    }

    [Fact]
    public async Task A_program_gets_the_status_without_a_page()
    {
        await using var visitor = await chromium.VisitAsync(host.Address);
        var answer = await visitor.Context.APIRequest.GetAsync("/api/v1/nulle-part", new() { Headers = [new("Accept", "application/json")] });
        Assert.Equal(404, answer.Status);
        Assert.Empty(await answer.TextAsync());
    }

    [Fact]
    public async Task The_home_page_weighs_less_than_200_kilobytes()
    {
        await using var visitor = await chromium.VisitAsync(host.Address);
        var session = await visitor.Context.NewCDPSessionAsync(visitor.Page);
        var bytes = 0.0;
        session.Event("Network.loadingFinished").OnEvent += (_, detail) => bytes += detail!.Value.GetProperty("encodedDataLength").GetDouble();
        await session.SendAsync("Network.enable");
        await visitor.Page.GotoAsync("/", new() { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.True(bytes is > 60_000 and < 200_000, string.Create(CultureInfo.InvariantCulture, $"{bytes:0} bytes"));
    }

    [Fact]
    public async Task The_keyboard_reaches_the_content_first()
    {
        await using var visitor = await chromium.VisitAsync(host.Address);
        await visitor.Page.GotoAsync("/");
        await visitor.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(visitor.Page.Locator("a.skip")).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.Locator("#contenu")).ToBeFocusedAsync();
    }
}
