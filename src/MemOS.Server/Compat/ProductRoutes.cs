using MemOS.Api.Product;

namespace MemOS.Server.Compat;

/// <summary>The wire of existing MemOS clients. What they call a cube is a vault here.</summary>
internal static class ProductRoutes
{
    // Known to clients, not offered by this server: they are told so instead of being told that the address is wrong.
    private static readonly string[] NotOffered =
    [
        "get_all", "get_memory_by_ids", "get_memory_dashboard", "register_cube", "delete_memory_by_record_id", "recover_memory_by_record_id", "feedback",
        "chat/complete", "chat/stream", "chat/stream/playground", "chat/stream/business_user", "suggestions", "scheduler/allstatus", "scheduler/status",
        "scheduler/task_queue_status", "scheduler/wait", "scheduler/wait/stream", "get_user_names_by_memory_ids",
    ];

    public static void MapProduct(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder product = app.MapGroup("/product");
        product.ExcludeFromDescription();
        product.MapPost("/add", ProductAdding.AddAsync);
        product.MapPost("/search", ProductSearching.SearchAsync);
        product.MapPost("/create_cube", ProductCubes.CreateAsync);
        product.MapPost("/exist_mem_cube_id", ProductCubes.Exists);
        product.MapPost("/get_memory", ProductReading.ListAsync);
        product.MapGet("/get_memory/{id}", ProductReading.GetAsync);
        product.MapPost("/delete_memory", ProductDeleting.DeleteAsync);
        foreach (string name in NotOffered)
        {
            product.Map(name, Refuse);
        }
    }

    public static ProductAnswer<T> Answer<T>(string message, T data) => new(StatusCodes.Status200OK, message, data);

    private static IResult Refuse() => throw new MemOSException("not_offered", "This server does not offer this endpoint. What it offers is listed in its documentation.");
}
