using MemOS.Api.Product;
using MemOS.Server.Compat.Chat;
using MemOS.Server.Compat.Wire;

namespace MemOS.Server.Compat;

/// <summary>The wire of existing MemOS clients that speak <c>/product</c>. What they call a cube is a vault here. The page <c>docs/reference/memos-wire.md</c> lists all of it.</summary>
internal static class ProductRoutes
{
    private const string Dreams = "This server has no dream plugin: it writes no diary of its own.";
    private const string Administration = "Keys are made and revoked at /api/v1/keys with the admin key.";

    public static void MapProduct(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder product = app.MapGroup("/product");
        product.ExcludeFromDescription();
        product.MapPost("/add", ProductAdding.AddAsync);
        product.MapPost("/search", ProductSearching.SearchAsync);
        product.MapPost("/feedback", ProductFeedback.GiveAsync);
        MapCubes(product);
        MapReading(product);
        MapDeleting(product);
        MapChat(product);
        MapScheduler(product);

        RouteGroupBuilder root = app.MapGroup("");
        root.ExcludeFromDescription();
        NotAvailable.Map(root, "POST", "/dream/trigger/cube", Dreams);
        NotAvailable.Map(root, "POST", "/dream/diary", Dreams);
        NotAvailable.Map(root, "GET", "/dream/diary/health", Dreams);
        NotAvailable.Map(root, "GET", "/download/{**file}", "This server hands out no files; a vault is exported at /api/v1/vaults/{vault}/export.");
        NotAvailable.Map(root, "POST", "/admin/keys", Administration);
        NotAvailable.Map(root, "GET", "/admin/keys", Administration);
        NotAvailable.Map(root, "DELETE", "/admin/keys/{key_id}", Administration);
        NotAvailable.Map(root, "POST", "/admin/generate-master-key", "The admin key is made once, when the server first starts; remove its file to have another made.");
        NotAvailable.Map(root, "GET", "/admin/health", "Ask /health, which needs no key.");
    }

    public static ProductAnswer<T> Answer<T>(string message, T data) => new(StatusCodes.Status200OK, message, data);

    private static void MapCubes(RouteGroupBuilder product)
    {
        product.MapPost("/create_cube", ProductCubes.CreateAsync);
        product.MapPost("/register_cube", ProductCubes.RegisterAsync);
        product.MapPost("/exist_mem_cube_id", ProductCubes.Exists);
    }

    private static void MapReading(RouteGroupBuilder product)
    {
        product.MapPost("/get_all", ProductGraph.ReadAsync);
        product.MapPost("/get_memory", ProductReading.ListAsync);
        product.MapGet("/get_memory/{id}", ProductReading.GetAsync);
        product.MapPost("/get_memory_by_ids", ProductReading.GetSeveralAsync);
        product.MapPost("/get_memory_dashboard", ProductReading.DashboardAsync);
        product.MapPost("/get_user_names_by_memory_ids", ProductLookups.UserNamesAsync);
        product.MapPost("/suggestions", ProductSuggestions.SuggestAsync);
    }

    private static void MapDeleting(RouteGroupBuilder product)
    {
        product.MapPost("/delete_memory", ProductDeleting.DeleteAsync);
        product.MapPost("/delete_memory_by_record_id", ProductRecords.DeleteAsync);
        product.MapPost("/recover_memory_by_record_id", ProductRecords.RecoverAsync);
    }

    private static void MapChat(RouteGroupBuilder product)
    {
        product.MapPost("/chat/complete", ProductChat.CompleteAsync);
        product.MapPost("/chat/stream", ProductChat.StreamAsync);
        product.MapPost("/chat/stream/playground", ProductPlayground.StreamAsync);
        product.MapPost("/chat/stream/business_user", ProductChat.Business);
    }

    private static void MapScheduler(RouteGroupBuilder product)
    {
        product.MapGet("/scheduler/status", ProductScheduler.StatusAsync);
        product.MapGet("/scheduler/allstatus", ProductScheduler.AllStatusAsync);
        product.MapGet("/scheduler/task_queue_status", ProductScheduler.QueueAsync);
        product.MapPost("/scheduler/wait", ProductWaiting.WaitAsync);
        product.MapGet("/scheduler/wait/stream", ProductWaiting.StreamAsync);
    }
}
