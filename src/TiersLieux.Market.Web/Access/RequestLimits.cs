using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Web.Api;

namespace TiersLieux.Market.Web.Access;

/// <summary>How often one may try: signing in and pages that plan by address, changing things over the API by caller.</summary>
public static class RequestLimits
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private static readonly Reason TooMany = new(
        "too-many-requests",
        "Trop de demandes en peu de temps. Attendez une minute, puis recommencez.",
        "Too many requests in a short time. Wait a minute, then try again.");

    public static IServiceCollection AddMarketLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = RefuseAsync;
        });
        services.AddOptions<RateLimiterOptions>().Configure<IConfiguration>((options, configuration) =>
        {
            var signIns = configuration.GetValue("Limits:SignInsPerMinute", 30);
            var writes = configuration.GetValue("Limits:ApiWritesPerMinute", 1200);
            var quotes = configuration.GetValue("Limits:QuotePagesPerMinute", 300);
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => Partition(http, signIns, writes, quotes));
        });
        return services;
    }

    private static RateLimitPartition<string> Partition(HttpContext http, int signIns, int writes, int quotes)
    {
        var address = http.Connection.RemoteIpAddress?.ToString() ?? "";
        if (Plans(http.Request)) return Fixed("quote " + address, quotes);
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)) return RateLimitPartition.GetNoLimiter("");
        // A slash at the end leads to the same page.
        if (http.Request.Path.StartsWithSegments(SignIn.Path, StringComparison.OrdinalIgnoreCase)) return Fixed("sign-in " + address, signIns);
        if (!http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)) return RateLimitPartition.GetNoLimiter("");
        var person = CurrentActor.PersonId(http.User);
        return Fixed("api " + (person == Guid.Empty ? address : person.ToString("N")), writes);
    }

    /// <summary>Pages that have the planner at work: an offer with a quantity, the form and the page of a quote.</summary>
    private static bool Plans(HttpRequest request) =>
        (request.Path.StartsWithSegments("/devis", StringComparison.OrdinalIgnoreCase) || request.Path.StartsWithSegments("/offre", StringComparison.OrdinalIgnoreCase))
        && (request.QueryString.HasValue || HttpMethods.IsPost(request.Method));

    private static RateLimitPartition<string> Fixed(string key, int limit) =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = limit, Window = Window, QueueLimit = 0 });

    private static async ValueTask RefuseAsync(OnRejectedContext context, CancellationToken cancellation)
    {
        var http = context.HttpContext;
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
        http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)) await TooMany.Problem(http, StatusCodes.Status429TooManyRequests).ExecuteAsync(http);
        else await Results.Text(TooMany.In(Problems.Language(http)), statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(http);
    }
}
