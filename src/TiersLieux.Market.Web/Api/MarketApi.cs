using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Grains.Orders;
using TiersLieux.Market.Web.Access;

namespace TiersLieux.Market.Web.Api;

/// <summary>The documented API: JSON in camelCase, problem documents, idempotent POSTs, OpenAPI at /openapi/v1.json.</summary>
public static class MarketApi
{
    private static readonly Reason Unreadable = new(
        "value-unreadable", "Une valeur de la demande n'a pas la forme attendue (un nombre, une date, un identifiant). Vérifiez-les.",
        "A value of the request does not have the expected form (a number, a date, an identifier). Check them.");

    public static IServiceCollection AddMarketApi(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddOpenApi("v1");
        services.AddScoped<WorkOrdersApi.Desk>();
        services.AddSingleton<ISweepStep, IdempotencySweep>();
        services.Configure<JsonOptions>(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        });
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        return services;
    }

    /// <summary>Bodies are kept readable, so that a request's hash can be taken after it was bound; values that cannot be read are answered with a problem.</summary>
    public static void UseMarketApi(this WebApplication app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase),
        api => api.Use(async (context, next) =>
        {
            context.Request.EnableBuffering();
            await next(context);
            // Binding leaves a bare 400 behind.
            if (context.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false, ContentType: null })
                await Unreadable.Problem(context, StatusCodes.Status400BadRequest).ExecuteAsync(context);
        }));

    public static void MapMarketApi(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        // The cookie of a page must not be usable from elsewhere: SameSite=Lax keeps it off cross-site POSTs, SameOrigin off those of a neighbouring site.
        var api = app.MapGroup("/api/v1").DisableAntiforgery();
        api.AddEndpointFilter<Unreachable>();
        api.AddEndpointFilter<SameOrigin>();
        api.AddEndpointFilter<Idempotency>();
        api.MapCatalogueApi();
        api.MapQuotesApi();
        api.MapOrdersApi();
        api.MapWorkOrdersApi();
        api.MapBreakdownsApi();
        api.MapInvoicesApi();
        api.MapBookings();
        api.MapTreasuryApi();
    }
}
