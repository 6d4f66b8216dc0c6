using TiersLieux.Market.Web;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddMarketPages();

var app = builder.Build();
app.MapMarketPages();
app.Run();
